namespace Fairway.Api.Docker.Watching;

/// <summary>What a container was made from.</summary>
internal sealed record ContainerConfiguration(string? Image, Dictionary<string, string>? Labels);
