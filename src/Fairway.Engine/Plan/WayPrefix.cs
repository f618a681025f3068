using System.Net;

namespace Fairway.Engine.Plan;

/// <summary>How packets to a prefix leave.</summary>
/// <param name="Prefix">The prefix.</param>
/// <param name="Leaving">With what address.</param>
/// <param name="Source">That address, when it is not the one of the device they leave by.</param>
/// <param name="NextHop">The router; null leaves it to the host's routes.</param>
/// <param name="IsEncapsulated">Whether the next hop is on another host of the overlay.</param>
public sealed record WayPrefix(IPNetwork Prefix, WayLeaving Leaving, IPAddress? Source, IPAddress? NextHop, bool IsEncapsulated)
{
    /// <summary>Name of the route that says the next hop; null when the endpoint's own settings do, or its network.</summary>
    public string? Route { get; init; }

    /// <summary>Whether its network says the next hop.</summary>
    public bool OfNetwork { get; init; }
}
