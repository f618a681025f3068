using System.Net;

namespace Fairway.Engine.State;

/// <summary>Who has, or last had, an address of a network.</summary>
/// <param name="Network">The network.</param>
/// <param name="Address">The address.</param>
/// <param name="Endpoint">The endpoint that has it, or had it.</param>
/// <param name="NetnsCookie">Cookie of the namespace it is in, 0 while in none.</param>
/// <param name="BootId">The boot in which that cookie is valid, or an empty text.</param>
/// <param name="FreedAt">Since when it rests, or null while in use.</param>
internal sealed record Lease(Guid Network, IPAddress Address, Guid Endpoint, ulong NetnsCookie, string BootId, DateTimeOffset? FreedAt);
