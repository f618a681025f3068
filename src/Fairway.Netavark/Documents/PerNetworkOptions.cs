namespace Fairway.Netavark.Documents;

/// <summary>How one container joins one network.</summary>
internal sealed record PerNetworkOptions
{
    public required string InterfaceName { get; init; }
    /// <summary>The addresses Podman allocated.</summary>
    public IReadOnlyList<string>? StaticIps { get; init; }
    public string? StaticMac { get; init; }
    public IReadOnlyList<string>? Aliases { get; init; }
    public IReadOnlyDictionary<string, string>? Options { get; init; }
}
