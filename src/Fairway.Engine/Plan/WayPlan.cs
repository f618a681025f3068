using System.Collections.Immutable;

namespace Fairway.Engine.Plan;

/// <summary>How an endpoint's packets leave its network where that is not as the network has it.</summary>
/// <param name="Owner">The endpoint's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Port">Its port.</param>
/// <param name="Generation">Generation of the port number.</param>
/// <param name="PortPoolUsage">Percent of the translation ports it may have in use; null for as many as any endpoint.</param>
/// <param name="Ways">The longest prefix decides; none is there twice.</param>
public sealed record WayPlan(Guid Owner, string Name, uint Port, uint Generation, int? PortPoolUsage, ImmutableArray<WayPrefix> Ways)
{
    /// <inheritdoc/>
    public bool Equals(WayPlan? other) => other is not null && Owner == other.Owner && Port == other.Port && Generation == other.Generation
        && PortPoolUsage == other.PortPoolUsage && Ways.SequenceEqual(other.Ways);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Owner, Port, Generation, Ways.Length);
}
