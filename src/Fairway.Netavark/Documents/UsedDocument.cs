namespace Fairway.Netavark.Documents;

/// <summary>What other networks of Podman and the host have.</summary>
internal sealed record UsedDocument
{
    public IReadOnlyList<string>? Interfaces { get; init; }
    /// <summary>Ids by name.</summary>
    public IReadOnlyDictionary<string, string>? Names { get; init; }
    public IReadOnlyList<string>? Subnets { get; init; }
}
