namespace Fairway.Api.Docker.Watching;

/// <summary>One line of Docker's event stream (<c>GET /events</c>).</summary>
internal sealed record DockerEvent(string? Type, string? Action, DockerActor? Actor);
