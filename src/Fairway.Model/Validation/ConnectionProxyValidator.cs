using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Networks;
using Fairway.Model.Policies;

namespace Fairway.Model.Validation;

/// <summary>A proxy elsewhere: where the endpoint's processes are seen, with what the network does to connections said as it is.</summary>
internal static class ConnectionProxyValidator
{
    public static void Validate(EndpointSpec spec, FindingCollector findings)
    {
        if (spec.Proxy is not { } proxy)
            return;
        var here = findings.At("Proxy");
        if (spec.ProviderAddress is not null)
            here.Add("connections of another host's endpoint are led to its proxy there; leave the proxy out", HcnErrorCode.InvalidRemoteEndpointOperation);
        if (spec.VirtualNic is not null)
            here.Add("a virtual machine's processes are seen by nobody outside of it; leave the proxy out", HcnErrorCode.InvalidPolicy);
        if (spec.HandedOver)
            here.Add("an endpoint that is handed over is in a namespace only its engine knows; leave the proxy out", HcnErrorCode.InvalidPolicy);
        if (spec.Sidecar?.OutboundPort is not null)
            here.Add("what processes call is led to the endpoint's sidecar already (L4WFPPROXY); leave the proxy out, or the sidecar's outbound port", HcnErrorCode.InvalidPolicy);
        here.At("Address").AddIf(ReservedPrefixes.Holding(proxy.Address) is { } reserved
            ? $"nobody is reached at {proxy.Address}, which belongs to {reserved}; give the proxy's address, or use L4WFPPROXY for one in the endpoint's namespace"
            : null, HcnErrorCode.InvalidIp);
        Families("Prefixes", proxy.Prefixes, proxy, here);
        Families("Exceptions", proxy.Exceptions, proxy, here);
        var intervals = PortIntervals.Without(proxy.Ports, []).Length;
        if (intervals > SidecarValidator.MostIntervals)
            here.At("Ports").Add($"the ports fall into {intervals} intervals, and a proxy has at most {SidecarValidator.MostIntervals}; give fewer, or ranges", HcnErrorCode.InvalidPolicy);
    }

    /// <summary>What is wrong with it on a network.</summary>
    public static void Validate(EndpointSpec spec, NetworkSpec network, FindingCollector findings)
    {
        if (spec.Proxy is not { } proxy || proxy.Translated == IsTranslated(spec, network, proxy.Address))
            return;
        findings.At("Proxy").At("Translated").Add(proxy.Translated
            ? $"connections to {proxy.Address} keep the endpoint's address on network '{network.Name}'; leave it out, or have them translated by the policy OutBoundNAT"
            : $"connections to {proxy.Address} leave network '{network.Name}' with an address of the host; set it, or except the address by the policy OutBoundNAT", HcnErrorCode.InvalidPolicy);
    }

    private static bool IsTranslated(EndpointSpec spec, NetworkSpec network, IPAddress address)
    {
        if (network.Subnets.Any(subnet => subnet.Prefix.Covers(address)))
            return false;
        var setting = spec.OutboundNat.FirstOrDefault(setting => setting.IPv6 == (address.AddressFamily == AddressFamily.InterNetworkV6));
        if (setting is null)
            return network.Traits.IsTranslated;
        var best = setting.Destinations.Select(prefix => (prefix, Yes: true)).Concat(setting.Exceptions.Select(prefix => (prefix, Yes: false)))
            .Where(entry => entry.prefix.Covers(address)).OrderByDescending(entry => entry.prefix.PrefixLength).ToList();
        return best is [var longest, ..] ? longest.Yes : setting.Destinations is [];
    }

    private static void Families(string member, ImmutableArray<IPNetwork> prefixes, ConnectionProxy proxy, FindingCollector here)
    {
        if (prefixes.Length > SidecarValidator.MostPrefixes)
            here.At(member).Add($"{prefixes.Length} prefixes are too many; give at most {SidecarValidator.MostPrefixes}", HcnErrorCode.InvalidPolicy);
        foreach (var prefix in prefixes.Where(prefix => prefix.Family != proxy.Address.AddressFamily).Take(1))
            here.At(member).Add($"{prefix} is not of the family of the proxy's address {proxy.Address}, and is not led there; leave it out", HcnErrorCode.InvalidPolicy);
    }
}
