using System.Collections.Immutable;

namespace Fairway.Model.Endpoints;

/// <summary>Who asked for an endpoint: an engine and its own id for the workload.</summary>
/// <param name="Engine">docker, podman, cni, cli, ...</param>
/// <param name="Id">The engine's id of the container or sandbox; with the interface name it makes attach idempotent.</param>
/// <param name="Name">The workload's name, or null.</param>
/// <param name="Image">The workload's image, or null.</param>
/// <param name="Labels">The engine's labels.</param>
public sealed record Owner(string Engine, string Id, string? Name = null, string? Image = null, ImmutableDictionary<string, string>? Labels = null);
