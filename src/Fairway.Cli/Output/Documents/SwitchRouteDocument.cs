namespace Fairway.Cli.Output.Documents;

/// <summary>Where packets of an endpoint go.</summary>
/// <param name="Destination">The prefix.</param>
/// <param name="NextHop">Its next hop.</param>
/// <param name="Encapsulated">Whether that is on another host of the overlay.</param>
/// <param name="Route">Name of the route that says so; null when it is the endpoint's own.</param>
internal sealed record SwitchRouteDocument(string Destination, string NextHop, bool Encapsulated, string? Route);
