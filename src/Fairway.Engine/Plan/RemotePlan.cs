using System.Collections.Immutable;
using System.Net;

namespace Fairway.Engine.Plan;

/// <summary>What other hosts have of an overlay network: its remote subnets, or one endpoint of another host.</summary>
/// <param name="Owner">The network's or the endpoint's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Network">Number of the network.</param>
/// <param name="Local">This host's address towards the others; null leaves it to the host's routes.</param>
/// <param name="Prefixes">Where addresses are.</param>
public sealed record RemotePlan(Guid Owner, string Name, uint Network, IPAddress? Local, ImmutableArray<RemotePrefix> Prefixes)
{
    /// <inheritdoc/>
    public bool Equals(RemotePlan? other) => other is not null && Owner == other.Owner && Network == other.Network && Equals(Local, other.Local) && Prefixes.SequenceEqual(other.Prefixes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Owner, Network, Prefixes.Length);
}
