using Fairway.Model.Policies;

namespace Fairway.Engine.Plan;

/// <summary>The access rules of one attached endpoint, or of one network.</summary>
/// <param name="Owner">The endpoint's or network's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsNetwork">Which of them.</param>
/// <param name="Number">Port number, or network number.</param>
/// <param name="Generation">Generation of the port number; 0 for networks.</param>
/// <param name="Policies">The rules; compared by reference.</param>
/// <param name="Sets">The network's address sets; compared by reference.</param>
public sealed record PolicyPlan(Guid Owner, string Name, bool IsNetwork, uint Number, uint Generation, PolicySet Policies, AddressSets Sets)
{
    /// <inheritdoc/>
    public bool Equals(PolicyPlan? other) => other is not null && Owner == other.Owner && IsNetwork == other.IsNetwork && Number == other.Number
        && Generation == other.Generation && ReferenceEquals(Policies, other.Policies) && ReferenceEquals(Sets, other.Sets);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Owner, Number, Generation);
}
