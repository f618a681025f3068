using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Collections;

namespace Fairway.Model.Endpoints;

/// <summary>
/// How an endpoint's packets of one family are translated on their way out, in place of what its network does. On a network that translates,
/// what is exempt leaves with the endpoint's own address; on others it stays inside.
/// </summary>
public sealed record OutboundNat
{
    /// <summary>True for IPv6.</summary>
    public bool IPv6 { get; init; }
    /// <summary>The address packets leave with, of this host or routed to it; null for that of the device they leave by.</summary>
    public IPAddress? VirtualAddress { get; init; }
    /// <summary>Prefixes translated for; empty for all.</summary>
    public ImmutableArray<IPNetwork> Destinations { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Prefixes not translated for; the longest prefix decides, and of equal ones there is but one.</summary>
    public ImmutableArray<IPNetwork> Exceptions { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Percent of the host's translation ports that may be in use at once, 1 to 100; null for as many as any endpoint.</summary>
    public int? MaxPortPoolUsage { get; init; }

    /// <inheritdoc/>
    public bool Equals(OutboundNat? other) => other is not null && IPv6 == other.IPv6 && Equals(VirtualAddress, other.VirtualAddress)
        && MaxPortPoolUsage == other.MaxPortPoolUsage && Destinations.SequenceEqual(other.Destinations) && Exceptions.SequenceEqual(other.Exceptions);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(IPv6, VirtualAddress, MaxPortPoolUsage, Destinations.Length, Exceptions.Length);
}
