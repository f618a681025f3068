namespace Fairway.Netavark.Documents;

/// <summary>A static route of a network.</summary>
internal sealed record RouteDocument(string? Destination, string? Gateway, uint? Metric);
