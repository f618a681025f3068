using Fairway.Engine.Plan;
using Fairway.Engine.State;
using Fairway.Model.Policies;

namespace Fairway.Engine.Planner;

/// <summary>Plans access rules: those of networks, and those of endpoints that are somewhere.</summary>
internal static class PolicyPlanner
{
    /// <summary>The plan of an owner's rules, or null when there is nothing to have in the kernel.</summary>
    public static PolicyPlan? Plan(HostState state, Guid owner)
    {
        if (!state.Policies.TryGetValue(owner, out var policies) || policies.Rules.IsEmpty)
            return null;
        if (state.Networks.TryGetValue(owner, out var scope))
            return new PolicyPlan(owner, scope.Network.Spec.Name, IsNetwork: true, scope.Network.Number, Generation: 0, policies, policies.Sets);
        if (!state.Endpoints.TryGetValue(owner, out var endpoint) || !EndpointPlanner.IsPlaced(state, endpoint))
            return null;
        var sets = state.Policies.TryGetValue(endpoint.Spec.NetworkId, out var network) ? network.Sets : AddressSets.None;
        return new PolicyPlan(owner, endpoint.Spec.Name!, IsNetwork: false, endpoint.Port, endpoint.Generation, policies, sets);
    }
}
