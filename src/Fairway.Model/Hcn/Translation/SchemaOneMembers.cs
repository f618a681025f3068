using System.Text.Json;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Translation;

/// <summary>
/// Members only schema 1 has. They tell a document of schema 1 from one of schema 2 where no version does, and in a document of
/// schema 2 they are refused: kept as unknown members they would be settings that are accepted and ignored.
/// </summary>
internal static class SchemaOneMembers
{
    private static readonly Dictionary<string, string> s_network = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Subnets"] = "Ipams[].Subnets",
        ["NetworkAdapterName"] = "the policy NetAdapterName",
        ["SourceMac"] = "the policy SourceMacAddress",
        ["MacPools"] = "MacPool",
        ["DNSSuffix"] = "Dns.Search",
        ["DNSServerList"] = "Dns.ServerList",
        ["DNSServerCompartment"] = "Dns.ServerList",
        ["ManagementIP"] = "nothing, the service sets it",
        ["AutomaticDNS"] = "the policy AutomaticDNS",
    };

    private static readonly Dictionary<string, string> s_endpoint = new(StringComparer.OrdinalIgnoreCase)
    {
        ["VirtualNetwork"] = "HostComputeNetwork",
        ["VirtualNetworkName"] = "HostComputeNetwork",
        ["IPAddress"] = "IpConfigurations[].IpAddress",
        ["PrefixLength"] = "IpConfigurations[].PrefixLength",
        ["IPv6Address"] = "IpConfigurations[].IpAddress",
        ["IPv6PrefixLength"] = "IpConfigurations[].PrefixLength",
        ["GatewayAddress"] = "Routes",
        ["GatewayAddressV6"] = "Routes",
        ["DNSSuffix"] = "Dns.Search",
        ["DNSServerList"] = "Dns.ServerList",
        ["DNSDomain"] = "Dns.Domain",
        ["EnableInternalDNS"] = "nothing, it is always on",
        ["AllowUnqualifiedDNSQuery"] = "nothing, it is always on",
        ["DisableICC"] = "Flags",
        ["IsRemoteEndpoint"] = "Flags",
        ["EnableLowMetric"] = "Flags",
        ["EncapOverhead"] = "the policy EncapOverhead",
        ["Namespace"] = "HostComputeNamespace",
        ["SharedContainers"] = "nothing, the service sets it",
    };

    public static bool IsOfNetwork(string member) => s_network.ContainsKey(member);

    public static bool IsOfEndpoint(string member) => s_endpoint.ContainsKey(member);

    public static void RefuseInNetwork(HcnObject document, FindingCollector findings) => Refuse(document, s_network, findings);

    public static void RefuseInEndpoint(HcnObject document, FindingCollector findings) => Refuse(document, s_endpoint, findings);

    private static void Refuse(HcnObject document, Dictionary<string, string> members, FindingCollector findings)
    {
        if (document.Unknown is null) return;
        foreach (var (member, value) in document.Unknown)
            if (value.ValueKind != JsonValueKind.Null && members.TryGetValue(member, out var instead))
                findings.At(member).Add($"{member} belongs to schema 1 and the document is of schema 2; write {instead}", HcnErrorCode.InvalidJson);
    }
}
