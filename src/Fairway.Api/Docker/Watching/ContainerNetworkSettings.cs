namespace Fairway.Api.Docker.Watching;

/// <summary>The networks a container is on, by Docker's names for them.</summary>
internal sealed record ContainerNetworkSettings(Dictionary<string, ContainerNetwork>? Networks);
