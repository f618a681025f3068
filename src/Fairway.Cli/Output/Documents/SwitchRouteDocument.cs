namespace Fairway.Cli.Output.Documents;

/// <summary>A route in the switch.</summary>
internal sealed record SwitchRouteDocument(string Destination, string NextHop, bool Encapsulated);
