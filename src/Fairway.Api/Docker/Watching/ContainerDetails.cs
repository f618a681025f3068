namespace Fairway.Api.Docker.Watching;

/// <summary>A container as Docker describes it.</summary>
internal sealed record ContainerDetails(string Id, string Name, ContainerConfiguration? Config, ContainerNetworkSettings? NetworkSettings);
