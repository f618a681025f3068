using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Policies;

namespace Fairway.Switch.Tests.Policies;

/// <summary>Short ways to write access rules.</summary>
internal static class Rule
{
    public static AclRule Of(PolicyDirection direction, PolicyAction action, uint number = 1, byte[]? protocols = null, IPAddress? remote = null, int? port = null, ushort priority = 100)
    {
        ImmutableArray<PortInterval> ports = port is { } one ? [new PortInterval((ushort)one, (ushort)one)] : [];
        return new AclRule
        {
            Number = number,
            Kind = PolicyKind.Acl,
            Direction = direction,
            Action = action,
            Priority = priority,
            Protocols = [.. protocols ?? []],
            Remote = remote is null ? AddressMatch.Any : new AddressMatch { Prefixes = [new IPNetwork(remote, remote.GetAddressBytes().Length * 8)] },
            LocalPorts = direction == PolicyDirection.In ? ports : [],
            RemotePorts = direction == PolicyDirection.Out ? ports : [],
        };
    }

    public static AclRule AllowOut(uint number = 1, byte[]? protocols = null, IPAddress? remote = null, int? port = null) => Of(PolicyDirection.Out, PolicyAction.Allow, number, protocols, remote, port);

    public static AclRule BlockOut(uint number = 1, byte[]? protocols = null, IPAddress? remote = null, int? port = null) => Of(PolicyDirection.Out, PolicyAction.Block, number, protocols, remote, port, 50);

    public static AclRule AllowIn(uint number = 1, byte[]? protocols = null, IPAddress? remote = null, int? port = null) => Of(PolicyDirection.In, PolicyAction.Allow, number, protocols, remote, port);

    public static AclRule BlockIn(uint number = 1, byte[]? protocols = null, IPAddress? remote = null, int? port = null) => Of(PolicyDirection.In, PolicyAction.Block, number, protocols, remote, port, 50);
}
