using System.Text.Json;
using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.V1;

/// <summary>A network as HNS had it before the HCN schema (schema 1, HNSNetwork).</summary>
public sealed record HnsNetwork : HcnObject
{
    /// <summary>Identity; missing or zero on create lets the service pick.</summary>
    [JsonPropertyName("ID")]
    public Guid? Id { get; init; }
    /// <summary>Display name.</summary>
    public string? Name { get; init; }
    /// <summary>Kind of network; missing means NAT.</summary>
    public NetworkMode? Type { get; init; }
    /// <summary>The NIC.</summary>
    public string? NetworkAdapterName { get; init; }
    /// <summary>Source MAC.</summary>
    public string? SourceMac { get; init; }
    /// <summary>Flat policies: <c>Type</c> and its settings side by side.</summary>
    public IReadOnlyList<JsonElement>? Policies { get; init; }
    /// <summary>Where MACs come from.</summary>
    public IReadOnlyList<MacRange>? MacPools { get; init; }
    /// <summary>Subnets.</summary>
    public IReadOnlyList<HnsSubnet>? Subnets { get; init; }
    /// <summary>Search list, comma separated.</summary>
    [JsonPropertyName("DNSSuffix")]
    public string? DnsSuffix { get; init; }
    /// <summary>Name servers, comma separated.</summary>
    [JsonPropertyName("DNSServerList")]
    public string? DnsServerList { get; init; }
    /// <summary>Compartment of the name server.</summary>
    [JsonPropertyName("DNSServerCompartment")]
    public uint? DnsServerCompartment { get; init; }
    /// <summary>Address of the host; set by the service.</summary>
    [JsonPropertyName("ManagementIP")]
    public string? ManagementIp { get; init; }
    /// <summary>Name service by the host.</summary>
    [JsonPropertyName("AutomaticDNS")]
    public bool? AutomaticDns { get; init; }
    /// <summary>Switches.</summary>
    public NetworkFlags? Flags { get; init; }
    /// <summary>How many endpoints it has; set by the service.</summary>
    public int? CurrentEndpointCount { get; init; }
    /// <summary>Where it stands; set by the service.</summary>
    public ushort? State { get; init; }
    /// <summary>Settings outside of the schema.</summary>
    public JsonElement? AdditionalParams { get; init; }
}
