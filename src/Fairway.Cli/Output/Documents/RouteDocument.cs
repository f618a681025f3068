namespace Fairway.Cli.Output.Documents;

/// <summary>A route, as <c>--output json</c> shows it.</summary>
internal sealed record RouteDocument
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    /// <summary>Its network, or null for any.</summary>
    public required string? Network { get; init; }
    public required IReadOnlyList<RouteHopDocument> Routes { get; init; }
    /// <summary>Whose packets it leads, as <c>NETWORK/NAME</c>.</summary>
    public required IReadOnlyList<string> Endpoints { get; init; }
    public required long Revision { get; init; }
}
