namespace Fairway.Api.Docker.Watching;

/// <summary>A container on a network. The ids are empty while it does not run.</summary>
internal sealed record ContainerNetwork(string? NetworkID, string? EndpointID, string[]? Aliases);
