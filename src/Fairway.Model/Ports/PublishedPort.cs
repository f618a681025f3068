namespace Fairway.Model.Ports;

/// <summary>A publication and whom it leads to; an element of <c>GET /v1/publications</c>.</summary>
/// <param name="EndpointId">The endpoint.</param>
/// <param name="Endpoint">Its name.</param>
/// <param name="Network">The name of its network.</param>
/// <param name="Publication">The ports, with the host ports in force.</param>
public sealed record PublishedPort(Guid EndpointId, string Endpoint, string Network, PortPublication Publication);
