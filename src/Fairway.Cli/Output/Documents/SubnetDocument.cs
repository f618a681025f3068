namespace Fairway.Cli.Output.Documents;

/// <summary>A prefix of a network.</summary>
internal sealed record SubnetDocument(string Prefix, string? Gateway, uint? VirtualSubnet, IReadOnlyList<RouteHopDocument> Routes, IReadOnlyList<string> Parts);
