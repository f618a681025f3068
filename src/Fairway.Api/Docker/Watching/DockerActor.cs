namespace Fairway.Api.Docker.Watching;

/// <summary>Whom an event is about. Connecting and disconnecting are events of the network; the container stands among the attributes.</summary>
internal sealed record DockerActor(string? ID, Dictionary<string, string>? Attributes);
