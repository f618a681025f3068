namespace Fairway.Cli.Output.Documents;

/// <summary>A published port, as <c>--output json</c> shows it.</summary>
internal sealed record PublicationDocument
{
    /// <summary>Name of the endpoint it leads to.</summary>
    public required string? Endpoint { get; init; }
    public required Guid EndpointId { get; init; }
    public required string Network { get; init; }
    /// <summary><c>tcp</c> or <c>udp</c>.</summary>
    public required string Protocol { get; init; }
    /// <summary>One host address, or null for all.</summary>
    public required string? HostAddress { get; init; }
    public required int HostPort { get; init; }
    public required int EndpointPort { get; init; }
    /// <summary>How many consecutive ports, on both sides.</summary>
    public required int Count { get; init; }
    /// <summary>Prefixes that may use it; empty means everyone.</summary>
    public required IReadOnlyList<string> From { get; init; }
}
