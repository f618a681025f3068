using Fairway.Engine.Plan;

namespace Fairway.Engine.Drivers;

/// <summary>Owns the access rules in the switch.</summary>
/// <remarks>Its calls never overlap each other; they may overlap those of other drivers.</remarks>
public interface IPolicyDriver
{
    /// <summary>
    /// Brings an owner's rules in force, in place of those it has: no packet sees a mixture. Connections that are no longer allowed end.
    /// A port need not be open yet; it opens with the rules in force.
    /// </summary>
    /// <exception cref="Model.Errors.FairwayException">Exhausted: they are more than the switch takes. Those before stay in force.</exception>
    void Apply(PolicyPlan policies);

    /// <summary>Takes an owner's rules out of force.</summary>
    void Remove(PolicyPlan policies);

    /// <summary>Brings exactly these in force, whatever an earlier daemon left.</summary>
    void Synchronize(IReadOnlyCollection<PolicyPlan> policies);
}
