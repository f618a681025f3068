using System.Text.Json.Serialization;

namespace Fairway.Netavark.Documents;

/// <summary>What Podman sends to <c>setup</c> and <c>teardown</c> (netavark src/network/types.rs, NetworkOptions).</summary>
internal sealed record ContainerDocument
{
    public required string ContainerId { get; init; }
    public required string ContainerName { get; init; }
    public string? ContainerHostname { get; init; }
    [JsonConverter(typeof(NamedNetworksConverter))]
    public required IReadOnlyList<NamedNetworkOptions> Networks { get; init; }
    public required IReadOnlyDictionary<string, NetworkDocument> NetworkInfo { get; init; }
    public IReadOnlyList<PortMappingDocument>? PortMappings { get; init; }
    public IReadOnlyList<string>? DnsServers { get; init; }
}
