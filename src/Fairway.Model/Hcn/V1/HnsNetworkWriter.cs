using System.Net;
using System.Text.Json;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Networks;

namespace Fairway.Model.Hcn.V1;

/// <summary>Networks as schema 1 has them, for clients of HNS.</summary>
public static class HnsNetworkWriter
{
    private const ushort Created = 1;

    /// <summary>The document.</summary>
    /// <param name="network">A stored network.</param>
    /// <param name="document">The same as a document of schema 2.</param>
    /// <param name="endpoints">How many endpoints it has.</param>
    public static HnsNetwork Write(Network network, HostComputeNetwork document, int endpoints)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(document);
        return new HnsNetwork
        {
            Id = document.Id,
            Name = document.Name,
            Type = document.Type,
            NetworkAdapterName = Setting<NetAdapterNameNetworkPolicySetting>(document, NetworkPolicyType.NetAdapterName)?.NetworkAdapterName ?? network.Spec.Uplink,
            SourceMac = Setting<SourceMacAddressNetworkPolicySetting>(document, NetworkPolicyType.SourceMacAddress)?.SourceMacAddress,
            AutomaticDns = Setting<AutomaticDNSNetworkPolicySetting>(document, NetworkPolicyType.AutomaticDNS)?.Enable,
            Policies = FlatPolicyWriter.OfNetwork(document.Policies),
            MacPools = document.MacPool?.Ranges,
            Subnets = [.. (document.Ipams ?? []).SelectMany(ipam => ipam.Subnets ?? []).Select(Subnet)],
            DnsSuffix = Joined(document.Dns?.Search),
            DnsServerList = Joined(document.Dns?.ServerList),
            ManagementIp = Management(network.Spec)?.ToString(),
            Flags = document.Flags,
            CurrentEndpointCount = endpoints,
            State = Created,
            AdditionalParams = document.AdditionalParams,
            Unknown = document.Unknown,
        };
    }

    /// <summary>A list in one string, or null.</summary>
    internal static string? Joined(IReadOnlyList<string>? list) => list is null or [] ? null : string.Join(',', list);

    /// <summary>This host's address towards others of the network: what clients wait for before they use one.</summary>
    private static IPAddress? Management(NetworkSpec spec) =>
        spec.Overlay?.ProviderAddress ?? (spec.HasHostPort ? spec.Subnets.Select(subnet => subnet.Gateway).FirstOrDefault(gateway => gateway is not null) : null);

    private static T? Setting<T>(HostComputeNetwork document, NetworkPolicyType type)
        where T : class => (document.Policies ?? []).FirstOrDefault(policy => policy.Type == type)?.Settings is { ValueKind: JsonValueKind.Object } settings ? HcnJson.FromElement<T>(settings) : null;

    private static HnsSubnet Subnet(HcnSubnet subnet) => new()
    {
        AddressPrefix = subnet.IpAddressPrefix,
        GatewayAddress = subnet.Routes?.FirstOrDefault(Translation.Refusals.IsDefault)?.NextHop,
        Policies = FlatPolicyWriter.OfSubnet(subnet.Policies),
        Unknown = subnet.Unknown,
    };
}
