using System.Net;

namespace Fairway.Model.Endpoints;

/// <summary>A route in the switch: where what leaves an endpoint's network goes, in place of what the host routes.</summary>
/// <param name="Destination">The prefix.</param>
/// <param name="NextHop">A neighbour of the host, or, encapsulated, an address of another host on the overlay.</param>
/// <param name="Encapsulate">Whether it goes to the host that has the next hop.</param>
public sealed record SwitchRoute(IPNetwork Destination, IPAddress NextHop, bool Encapsulate = false);
