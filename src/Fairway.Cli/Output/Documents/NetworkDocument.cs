namespace Fairway.Cli.Output.Documents;

/// <summary>A network, as <c>--output json</c> shows it.</summary>
internal sealed record NetworkDocument
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Type { get; init; }
    public required IReadOnlyList<SubnetDocument> Subnets { get; init; }
    /// <summary>How packets of endpoints are translated that have no translation of their own.</summary>
    public required IReadOnlyList<TranslationDocument> Translation { get; init; }
    public required int Mtu { get; init; }
    public string? Uplink { get; init; }
    public int? Vlan { get; init; }
    public required IReadOnlyList<RemoteDocument> Remotes { get; init; }
    public required IReadOnlyList<string> Endpoints { get; init; }
    public required long Revision { get; init; }
}
