using Fairway.Model.Errors;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.V1;

/// <summary>Networks of schema 1 as networks of schema 2.</summary>
internal static class SchemaOneNetwork
{
    public static HostComputeNetwork Convert(HnsNetwork network, FindingCollector findings)
    {
        if (network.DnsServerCompartment is { } compartment and not 0)
            findings.At("DNSServerCompartment").Add($"a name server in compartment {compartment} is not honoured by this release; give its address in DNSServerList", HcnErrorCode.RequestUnsupported);
        return new HostComputeNetwork
        {
            Id = network.Id,
            Name = network.Name,
            Type = network.Type,
            Flags = network.Flags,
            Policies = Policies(network, findings),
            MacPool = network.MacPools is { Count: > 0 } pools ? new MacPool { Ranges = pools } : null,
            Dns = SchemaOneDns.Convert(null, network.DnsSuffix, network.DnsServerList),
            Ipams = network.Subnets is { Count: > 0 } ? [new Ipam { Type = IpamType.Static, Subnets = Subnets(network, network.Subnets, findings) }] : null,
            AdditionalParams = network.AdditionalParams,
            Unknown = SchemaOneDns.WithoutVersion(network.Unknown),
        };
    }

    private static List<NetworkPolicy>? Policies(HnsNetwork network, FindingCollector findings)
    {
        var policies = FlatPolicies.OfNetwork(network.Policies, network.Subnets is { Count: > 0 }, findings);
        if (network.NetworkAdapterName is { Length: > 0 } adapter)
            policies.Add(Policy(NetworkPolicyType.NetAdapterName, new NetAdapterNameNetworkPolicySetting { NetworkAdapterName = adapter }));
        if (network.SourceMac is { Length: > 0 } mac)
            policies.Add(Policy(NetworkPolicyType.SourceMacAddress, new SourceMacAddressNetworkPolicySetting { SourceMacAddress = mac }));
        // False is what schema 1 has always sent without meaning it.
        if (network.AutomaticDns is true) policies.Add(Policy(NetworkPolicyType.AutomaticDNS, new AutomaticDNSNetworkPolicySetting { Enable = true }));
        return policies is [] ? null : policies;
    }

    private static NetworkPolicy Policy<T>(NetworkPolicyType type, T settings) => new() { Type = type, Settings = HcnJson.ToElement(settings) };

    private static List<HcnSubnet> Subnets(HnsNetwork network, IReadOnlyList<HnsSubnet> subnets, FindingCollector findings)
    {
        var converted = new List<HcnSubnet>();
        for (var i = 0; i < subnets.Count; i++)
        {
            var subnet = subnets[i];
            converted.Add(new HcnSubnet
            {
                IpAddressPrefix = subnet.AddressPrefix,
                Policies = FlatPolicies.OfSubnet(subnet.Policies, network.Policies, findings.At("Subnets", i)),
                Routes = subnet.GatewayAddress is { Length: > 0 } gateway ? [SchemaOneDns.DefaultRoute(gateway)] : null,
                Unknown = subnet.Unknown,
            });
        }
        return converted;
    }
}
