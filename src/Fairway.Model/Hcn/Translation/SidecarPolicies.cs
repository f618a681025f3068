using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Policies;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Translation;

/// <summary>L4WFPPROXY policies and sidecars of ours.</summary>
internal static class SidecarPolicies
{
    // Samba's and Windows' form of a Unix user.
    private const string UnixUser = "S-1-22-1-";
    private const byte Tcp = 6;

    public static Sidecar? Read(JsonElement? settings, FindingCollector findings)
    {
        if (HcnJson.ReadElement<L4WfpProxyPolicySetting>(settings, findings) is not { } policy) return null;
        var filter = Filter(policy.FilterTuple ?? new FiveTuple(), findings.At("FilterTuple"));
        return new Sidecar
        {
            InboundPort = Port(policy.InboundProxyPort, findings.At("InboundProxyPort")),
            OutboundPort = Port(policy.OutboundProxyPort, findings.At("OutboundProxyPort")),
            User = User(policy.UserSID, findings.At("UserSID")),
            RemotePrefixes = filter.Remote,
            LocalPorts = filter.LocalPorts,
            RemotePorts = filter.RemotePorts,
            InboundExceptions = Exceptions(policy.InboundExceptions, findings.At("InboundExceptions")),
            OutboundExceptions = Exceptions(policy.OutboundExceptions, findings.At("OutboundExceptions")),
        };
    }

    public static void Origins(PathMap paths, int policy)
    {
        var document = $"$.Policies[{policy}].Settings";
        paths.Add("$.Sidecar", document);
        paths.Add("$.Sidecar.InboundPort", $"{document}.InboundProxyPort");
        paths.Add("$.Sidecar.OutboundPort", $"{document}.OutboundProxyPort");
        paths.Add("$.Sidecar.User", $"{document}.UserSID");
        paths.Add("$.Sidecar.RemotePrefixes", $"{document}.FilterTuple.RemoteAddresses");
        paths.Add("$.Sidecar.LocalPorts", $"{document}.FilterTuple.LocalPorts");
        paths.Add("$.Sidecar.RemotePorts", $"{document}.FilterTuple.RemotePorts");
        foreach (var direction in (string[])["InboundExceptions", "OutboundExceptions"])
        {
            paths.Add($"$.Sidecar.{direction}.Prefixes", $"{document}.{direction}.IpAddressExceptions");
            paths.Add($"$.Sidecar.{direction}.Ports", $"{document}.{direction}.PortExceptions");
        }
    }

    public static EndpointPolicy Write(Sidecar sidecar) => new()
    {
        Type = EndpointPolicyType.L4WFPPROXY,
        Settings = HcnJson.ToElement(new L4WfpProxyPolicySetting
        {
            InboundProxyPort = sidecar.InboundPort?.ToString(CultureInfo.InvariantCulture),
            OutboundProxyPort = sidecar.OutboundPort?.ToString(CultureInfo.InvariantCulture),
            FilterTuple = new FiveTuple
            {
                Protocols = $"{Tcp}",
                RemoteAddresses = Text(sidecar.RemotePrefixes),
                LocalPorts = Text(sidecar.LocalPorts),
                RemotePorts = Text(sidecar.RemotePorts),
            },
            UserSID = sidecar.User is { } user ? $"{UnixUser}{user}" : null,
            InboundExceptions = Document(sidecar.InboundExceptions),
            OutboundExceptions = Document(sidecar.OutboundExceptions),
        }),
    };

    private static (ImmutableArray<IPNetwork> Remote, ImmutableArray<PortInterval> LocalPorts, ImmutableArray<PortInterval> RemotePorts) Filter(FiveTuple tuple, FindingCollector here)
    {
        if (!PolicyText.TryParseProtocols(tuple.Protocols, out var protocols, out var error))
            here.At("Protocols").Add(error, HcnErrorCode.InvalidPolicy);
        else if (protocols.FirstOrDefault(protocol => protocol != Tcp, Tcp) is var other and not Tcp)
            here.At("Protocols").Add($"protocol {other} ({PolicyText.Protocol(other)}) has no connections a proxy could be given; write {Tcp} (TCP), or leave the protocols out", HcnErrorCode.RequestUnsupported);
        if (tuple.LocalAddresses is { Length: > 0 } and not "*")
            here.At("LocalAddresses").Add("the addresses of the policy's own endpoint are meant; leave the local addresses out", HcnErrorCode.RequestUnsupported);
        if (tuple.IcmpTypes is { Length: > 0 })
            here.At("IcmpTypes").Add("ICMP has no connections a proxy could be given; leave the types out", HcnErrorCode.RequestUnsupported);
        if (!PolicyText.TryParseAddresses(tuple.RemoteAddresses, out var remote, out error))
            here.At("RemoteAddresses").Add(error, HcnErrorCode.InvalidPolicy);
        else if (remote.Sets is [var set, ..])
            here.At("RemoteAddresses").Add($"'{set}' is a set of addresses, which are for access rules; write addresses and prefixes", HcnErrorCode.RequestUnsupported);
        return (remote.Prefixes, Ports(tuple.LocalPorts, here.At("LocalPorts")), Ports(tuple.RemotePorts, here.At("RemotePorts")));
    }

    private static int? Port(string? text, FindingCollector here)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0) return port;
        here.Add($"'{text}' is no port; write a number from 1 to {ushort.MaxValue}", HcnErrorCode.InvalidPolicy);
        return null;
    }

    private static uint? User(string? text, FindingCollector here)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var number = text.StartsWith(UnixUser, StringComparison.OrdinalIgnoreCase) ? text[UnixUser.Length..] : text;
        if (uint.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var user)) return user;
        here.Add($"'{text}' is no user of Linux; write the number of the user the proxy runs as, like 1337 or {UnixUser}1337", HcnErrorCode.InvalidPolicy);
        return null;
    }

    private static ImmutableArray<PortInterval> Ports(string? text, FindingCollector here)
    {
        if (PolicyText.TryParsePorts(text, out var ports, out var error)) return ports;
        here.Add(error, HcnErrorCode.InvalidPolicy);
        return [];
    }

    private static SidecarExceptions Exceptions(ProxyExceptions? given, FindingCollector here)
    {
        var (prefixes, ports) = (ImmutableArray.CreateBuilder<IPNetwork>(), ImmutableArray.CreateBuilder<PortInterval>());
        for (var i = 0; i < (given?.IpAddressExceptions?.Count ?? 0); i++)
        {
            if (!PolicyText.TryParseAddresses(given!.IpAddressExceptions![i], out var match, out var error)) here.At("IpAddressExceptions", i).Add(error, HcnErrorCode.InvalidPolicy);
            else if (match.Sets is not [] || match.Prefixes is []) here.At("IpAddressExceptions", i).Add($"'{given.IpAddressExceptions[i]}' is no address; write addresses and prefixes", HcnErrorCode.InvalidPolicy);
            else prefixes.AddRange(match.Prefixes);
        }
        for (var i = 0; i < (given?.PortExceptions?.Count ?? 0); i++)
        {
            var excepted = Ports(given!.PortExceptions![i], here.At("PortExceptions", i));
            ports.AddRange(excepted);
        }
        return prefixes.Count + ports.Count == 0 ? SidecarExceptions.None : new SidecarExceptions { Prefixes = prefixes.ToImmutable(), Ports = ports.ToImmutable() };
    }

    private static ProxyExceptions? Document(SidecarExceptions exceptions) => exceptions == SidecarExceptions.None ? null : new ProxyExceptions
    {
        IpAddressExceptions = exceptions.Prefixes is [] ? null : [.. exceptions.Prefixes.Select(prefix => prefix.ToString())],
        PortExceptions = exceptions.Ports is [] ? null : [.. exceptions.Ports.Select(port => port.ToString())],
    };

    private static string? Text<T>(ImmutableArray<T> items) => items is [] ? null : string.Join(',', items);
}
