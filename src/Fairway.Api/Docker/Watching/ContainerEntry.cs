namespace Fairway.Api.Docker.Watching;

/// <summary>A container as Docker lists it.</summary>
internal sealed record ContainerEntry(string Id);
