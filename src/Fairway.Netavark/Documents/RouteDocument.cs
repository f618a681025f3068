namespace Fairway.Netavark.Documents;

/// <summary>A static route of a network.</summary>
internal sealed record RouteDocument
{
    public string? Destination { get; init; }
    public string? Gateway { get; init; }
    public uint? Metric { get; init; }
}
