using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fairway.Netavark.Documents;

/// <summary>A network as Podman keeps it (netavark src/network/types.rs, Network; container-libs libnetwork/types, Network).</summary>
internal sealed record NetworkDocument
{
    public required string Name { get; init; }
    /// <summary>64 hexadecimal digits.</summary>
    public required string Id { get; init; }
    public required string Driver { get; init; }
    /// <summary>The bridge netavark would make. Fairway has none; it is kept because Podman counts on it to be unique.</summary>
    public string? NetworkInterface { get; init; }
    public DateTimeOffset? Created { get; init; }
    public IReadOnlyList<SubnetDocument>? Subnets { get; init; }
    public IReadOnlyList<RouteDocument>? Routes { get; init; }
    public bool Ipv6Enabled { get; init; }
    public bool Internal { get; init; }
    /// <summary>Whether containers find each other by name. Podman's default network says no.</summary>
    public bool DnsEnabled { get; init; }
    public IReadOnlyList<string>? NetworkDnsServers { get; init; }
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
    public IReadOnlyDictionary<string, string>? Options { get; init; }
    public IReadOnlyDictionary<string, string>? IpamOptions { get; init; }

    /// <summary>Members of other releases, which <c>create</c> hands back. The generated reader fills it in last, so it is no init member.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}
