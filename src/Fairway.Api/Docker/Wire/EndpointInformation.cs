namespace Fairway.Api.Docker.Wire;

/// <summary>What a driver tells about an endpoint at work.</summary>
internal sealed record EndpointInformation(Dictionary<string, string> Value);
