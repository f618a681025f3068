using System.Net;

namespace Fairway.Linux.Routing;

/// <summary>One of several ways of a multipath route.</summary>
/// <param name="LinkIndex">Link to send by, or null if the gateway tells.</param>
/// <param name="Gateway">Router to send to, or null for the link itself.</param>
/// <param name="Weight">Share of the flows, 1 to 256.</param>
/// <param name="OnLink">Whether the gateway is on the link though no route says so.</param>
public sealed record NextHop(int? LinkIndex, IPAddress? Gateway, int Weight = 1, bool OnLink = false);
