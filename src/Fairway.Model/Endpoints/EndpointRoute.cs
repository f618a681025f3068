using System.Net;

namespace Fairway.Model.Endpoints;

/// <summary>
/// A prefix an endpoint reaches by this network's gateway rather than by another network's, which its default route may belong to. Endpoints are no routers for each other:
/// the switch delivers by address, and pins each endpoint's own.
/// </summary>
/// <param name="Destination">The prefix.</param>
/// <param name="Metric">Its metric; the lowest of several routes to a prefix counts. Null for the kernel's default.</param>
public sealed record EndpointRoute(IPNetwork Destination, uint? Metric = null);
