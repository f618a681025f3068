namespace Fairway.Cli.Output.Documents;

/// <summary>A prefix of a route and its next hop.</summary>
internal sealed record RouteHopDocument(string Destination, string NextHop, bool Encapsulated);
