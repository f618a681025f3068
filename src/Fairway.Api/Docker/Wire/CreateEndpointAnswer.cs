namespace Fairway.Api.Docker.Wire;

/// <summary>What the driver chose.</summary>
internal sealed record CreateEndpointAnswer(EndpointInterface Interface);
