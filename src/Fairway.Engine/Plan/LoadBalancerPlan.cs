using System.Collections.Immutable;

namespace Fairway.Engine.Plan;

/// <summary>One family of a load balancer.</summary>
/// <param name="Number">Its number, from 1; of the same series as those of publications.</param>
/// <param name="Services">What callers use.</param>
/// <param name="Backends">Those that are attached, or on other hosts, by id.</param>
public sealed record LoadBalancerPlan(uint Number, ImmutableArray<ServicePlan> Services, ImmutableArray<BackendPlan> Backends)
{
    /// <summary>Whom callers from outside an overlay network come from; null when they do not come in, or keep their addresses.</summary>
    public SourcePlan? Source { get; init; }

    /// <inheritdoc/>
    public bool Equals(LoadBalancerPlan? other) =>
        other is not null && Number == other.Number && Source == other.Source && Services.SequenceEqual(other.Services) && Backends.SequenceEqual(other.Backends);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Number, Services.Length, Backends.Length);
}
