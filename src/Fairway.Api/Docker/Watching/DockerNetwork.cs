namespace Fairway.Api.Docker.Watching;

/// <summary>A network as Docker lists it.</summary>
internal sealed record DockerNetwork(string Id, string Name, Dictionary<string, string>? Labels);
