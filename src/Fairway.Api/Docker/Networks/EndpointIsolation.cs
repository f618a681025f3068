using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Fairway.Model.Networks;
using Fairway.Model.Policies;

namespace Fairway.Api.Docker.Networks;

/// <summary>
/// A network whose containers do not reach each other, as Docker's own bridge has it with <c>enable_icc=false</c>: access rules of the network. The host, published ports and
/// the way out stay as they are.
/// </summary>
internal static class EndpointIsolation
{
    private const string Id = "docker-isolation";

    public static PolicyChange Rules(ImmutableArray<SubnetSpec> subnets) => PolicyChange.Add(
        Rule(0, PolicyAction.Allow, [.. subnets.Where(subnet => subnet.Gateway is not null).Select(subnet => new IPNetwork(subnet.Gateway!, subnet.Gateway!.AddressFamily == AddressFamily.InterNetwork ? 32 : 128))]),
        Rule(1, PolicyAction.Block, [.. subnets.Select(subnet => subnet.Prefix)]),
        Rule(2, PolicyAction.Allow, []));

    /// <summary>Whether a network has them.</summary>
    public static bool IsOn(PolicySet policies) => policies.Rules.Values.Any(rule => rule.Id == Id);

    private static AclRule Rule(ushort priority, PolicyAction action, ImmutableArray<IPNetwork> remote) => new()
    {
        Kind = PolicyKind.NetworkAcl,
        Id = Id,
        Direction = PolicyDirection.In,
        Action = action,
        Priority = priority,
        Remote = remote.IsEmpty ? AddressMatch.Any : new AddressMatch { Prefixes = remote },
    };
}
