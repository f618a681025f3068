using System.Text.Json;
using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.V1;

/// <summary>An endpoint as HNS had it before the HCN schema (schema 1, HNSEndpoint).</summary>
public sealed record HnsEndpoint : HcnObject
{
    /// <summary>Identity; missing or zero on create lets the service pick.</summary>
    [JsonPropertyName("ID")]
    public Guid? Id { get; init; }
    /// <summary>Display name.</summary>
    public string? Name { get; init; }
    /// <summary>Its network.</summary>
    public Guid? VirtualNetwork { get; init; }
    /// <summary>Its network's name; set by the service.</summary>
    public string? VirtualNetworkName { get; init; }
    /// <summary>Flat policies: <c>Type</c> and its settings side by side.</summary>
    public IReadOnlyList<JsonElement>? Policies { get; init; }
    /// <summary><c>00-15-5D-01-02-03</c>.</summary>
    public string? MacAddress { get; init; }
    /// <summary>IPv4 address.</summary>
    [JsonPropertyName("IPAddress")]
    public string? IpAddress { get; init; }
    /// <summary>Its prefix length.</summary>
    public byte? PrefixLength { get; init; }
    /// <summary>IPv6 address.</summary>
    public string? IPv6Address { get; init; }
    /// <summary>Its prefix length.</summary>
    public byte? IPv6PrefixLength { get; init; }
    /// <summary>IPv4 gateway.</summary>
    public string? GatewayAddress { get; init; }
    /// <summary>IPv6 gateway.</summary>
    public string? GatewayAddressV6 { get; init; }
    /// <summary>Search list, comma separated.</summary>
    [JsonPropertyName("DNSSuffix")]
    public string? DnsSuffix { get; init; }
    /// <summary>Name servers, comma separated.</summary>
    [JsonPropertyName("DNSServerList")]
    public string? DnsServerList { get; init; }
    /// <summary>Connection-specific domain.</summary>
    [JsonPropertyName("DNSDomain")]
    public string? DnsDomain { get; init; }
    /// <summary>Names by the network's resolver.</summary>
    [JsonPropertyName("EnableInternalDNS")]
    public bool? EnableInternalDns { get; init; }
    /// <summary>Names without a domain are resolved; sent by Docker.</summary>
    [JsonPropertyName("AllowUnqualifiedDNSQuery")]
    public bool? AllowUnqualifiedDnsQuery { get; init; }
    /// <summary>No traffic to other endpoints of the host.</summary>
    [JsonPropertyName("DisableICC")]
    public bool? DisableIcc { get; init; }
    /// <summary>An endpoint of another host.</summary>
    public bool? IsRemoteEndpoint { get; init; }
    /// <summary>Preferred over other interfaces.</summary>
    public bool? EnableLowMetric { get; init; }
    /// <summary>Bytes to leave for encapsulation.</summary>
    public ushort? EncapOverhead { get; init; }
    /// <summary>The namespace it is attached to.</summary>
    public HnsNamespace? Namespace { get; init; }
    /// <summary>Containers that share it; set by the service.</summary>
    public IReadOnlyList<string>? SharedContainers { get; init; }
    /// <summary>Where it stands; set by the service.</summary>
    public ushort? State { get; init; }
    /// <summary>Settings outside of the schema.</summary>
    public JsonElement? AdditionalParams { get; init; }
}
