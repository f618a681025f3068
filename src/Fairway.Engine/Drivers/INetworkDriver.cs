using Fairway.Engine.Plan;

namespace Fairway.Engine.Drivers;

/// <summary>Owns host vNICs and the switch's network rows. Declarative, idempotent, batched.</summary>
/// <remarks>Its calls never overlap each other; they may overlap those of other drivers.</remarks>
public interface INetworkDriver
{
    /// <summary>Of the desired networks, those that are wholly in place, without touching them.</summary>
    IReadOnlySet<Guid> Observe(IReadOnlyCollection<NetworkPlan> desired);

    /// <summary>Makes the networks so, whatever is there now.</summary>
    void Apply(IReadOnlyCollection<NetworkPlan> networks);

    /// <summary>Removes every network of ours, known or not, that is not in <paramref name="keep"/>.</summary>
    void RemoveExcept(IReadOnlyCollection<NetworkPlan> keep);
}
