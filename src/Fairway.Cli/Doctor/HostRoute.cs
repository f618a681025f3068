using System.Net;

namespace Fairway.Cli.Doctor;

/// <summary>A route of the host.</summary>
/// <param name="Destination">Prefix.</param>
/// <param name="Link">Name of the link it leads through, or null.</param>
internal sealed record HostRoute(IPNetwork Destination, string? Link);
