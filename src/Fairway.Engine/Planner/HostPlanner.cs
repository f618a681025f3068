using System.Collections.Immutable;
using Fairway.Engine.Plan;
using Fairway.Engine.State;

namespace Fairway.Engine.Planner;

/// <summary>
/// What the kernel of this host should hold, as a function of the store's state alone. <see cref="Advance"/> plans what a write touched
/// and gives what <see cref="Plan"/> would give for everything.
/// </summary>
internal sealed class HostPlanner(LinkNames names)
{
    private readonly NetworkPlanner _networks = new(names);

    /// <summary>Plans everything.</summary>
    public HostPlan Plan(HostState state)
    {
        var everything = new StateDelta();
        everything.Networks.UnionWith(state.Networks.Keys);
        everything.Endpoints.UnionWith(state.Endpoints.Keys);
        everything.Publications.UnionWith(state.Publications.Keys);
        everything.Policies.UnionWith(state.Policies.Keys);
        everything.LoadBalancers.UnionWith(state.LoadBalancers.Keys);
        return Advance(HostPlan.Empty, state, everything);
    }

    /// <summary>Plans again what a write touched.</summary>
    /// <param name="plan">The plan before the write.</param>
    /// <param name="state">The state after it.</param>
    /// <param name="delta">What it touched.</param>
    public HostPlan Advance(HostPlan plan, HostState state, StateDelta delta)
    {
        var networks = plan.Networks.ToBuilder();
        foreach (var id in delta.Networks)
            Set(networks, id, state.Networks.TryGetValue(id, out var scope) ? _networks.Plan(scope.Network) : null);
        var endpoints = plan.Endpoints.ToBuilder();
        foreach (var id in delta.Endpoints)
            Set(endpoints, id, EndpointPlanner.Plan(state, id));
        var publications = plan.Publications.ToBuilder();
        foreach (var number in delta.Publications)
            Set(publications, number, PublicationPlanner.Plan(state, number));
        var policies = plan.Policies.ToBuilder();
        foreach (var owner in delta.Policies.Union(delta.Endpoints))
            Set(policies, owner, PolicyPlanner.Plan(state, owner));
        var remotes = plan.Remotes.ToBuilder();
        foreach (var owner in delta.Networks.Union(delta.Endpoints))
            Set(remotes, owner, RemotePlanner.Plan(state, owner));
        var ways = plan.Ways.ToBuilder();
        foreach (var id in delta.Ways.Union(delta.Endpoints))
            Set(ways, id, WayPlanner.Plan(state, id));
        var sidecars = plan.Sidecars.ToBuilder();
        foreach (var id in delta.Endpoints)
            Set(sidecars, id, SidecarPlanner.Plan(state, id));
        return new HostPlan(networks.ToImmutable(), endpoints.ToImmutable(), publications.ToImmutable(), policies.ToImmutable(),
            LoadBalancers(plan.LoadBalancers, state, delta), state.Balanced, remotes.ToImmutable(), ways.ToImmutable(), sidecars.ToImmutable());
    }

    private static ImmutableDictionary<Guid, ImmutableArray<LoadBalancerPlan>> LoadBalancers(
        ImmutableDictionary<Guid, ImmutableArray<LoadBalancerPlan>> plans, HostState state, StateDelta delta)
    {
        var balancers = plans.ToBuilder();
        foreach (var id in delta.LoadBalancers.Union(delta.Endpoints.SelectMany(state.BalancersOf)))
        {
            var planned = LoadBalancerPlanner.Plan(state, id);
            if (planned.IsEmpty)
                balancers.Remove(id);
            else
                balancers[id] = planned;
        }
        return balancers.ToImmutable();
    }

    private static void Set<TKey, TPlan>(IDictionary<TKey, TPlan> plans, TKey key, TPlan? plan)
        where TPlan : class
    {
        if (plan is null)
            plans.Remove(key);
        else
            plans[key] = plan;
    }
}
