namespace Fairway.Api;

/// <summary>What the daemon says about itself.</summary>
/// <param name="Version">Its version, e.g. <c>0.1.0</c>.</param>
/// <param name="Instance">The instance name.</param>
/// <param name="StartedAt">When the process started.</param>
/// <param name="Namespace">The network namespace it owns, as <c>/proc/self/ns/net</c> names it.</param>
public sealed record DaemonDescription(string Version, string Instance, DateTimeOffset StartedAt, string Namespace);
