using Fairway.Engine.Plan;

namespace Fairway.Engine.Drivers;

/// <summary>Owns veth pairs, their addresses and routes, and the switch's ports. Declarative, idempotent, batched.</summary>
/// <remarks>
/// Called from several threads at once, but never twice at once for one endpoint. Apply after a failed Apply, and Remove after a failed
/// or missing Apply, must work: a step that failed half-way is repeated, or undone, whole.
/// </remarks>
public interface IEndpointDriver
{
    /// <summary>Of the desired endpoints, those that are wholly in place, without touching them.</summary>
    IReadOnlySet<Guid> Observe(IReadOnlyCollection<EndpointPlan> desired);

    /// <summary>Makes one endpoint so. Throws FairwayException: NotFound when the namespace is gone, Conflict when the interface name is taken.</summary>
    void Apply(EndpointPlan endpoint);

    /// <summary>Takes endpoints out: the port closes, the interface name is free on return; the link itself goes later.</summary>
    void Remove(IReadOnlyCollection<EndpointPlan> endpoints);

    /// <summary>Removes every endpoint of ours, known or not, that is not in <paramref name="keep"/>.</summary>
    void RemoveExcept(IReadOnlyCollection<EndpointPlan> keep);
}
