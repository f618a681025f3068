using System.Collections.Immutable;
using Fairway.Model.LoadBalancers;

namespace Fairway.Engine.State;

internal sealed partial record HostState
{
    public ImmutableDictionary<Guid, LoadBalancer> LoadBalancers { get; private init; } = ImmutableDictionary<Guid, LoadBalancer>.Empty;

    public ImmutableDictionary<string, Guid> LoadBalancerNames { get; private init; } = s_noNames;

    public ServicePorts Services { get; private init; } = ServicePorts.Empty;

    /// <summary>The load balancers that have an endpoint among their backends, or call with its addresses; endpoints without any are left out.</summary>
    public ImmutableDictionary<Guid, ImmutableHashSet<Guid>> Balanced { get; private init; } = ImmutableDictionary<Guid, ImmutableHashSet<Guid>>.Empty;

    public ImmutableHashSet<Guid> BalancersOf(Guid endpoint) => Balanced.GetValueOrDefault(endpoint, []);

    /// <summary>Whether load balancers call with an endpoint's addresses.</summary>
    public bool IsSource(Guid endpoint) => BalancersOf(endpoint).Any(id => LoadBalancers[id].Spec.Source == endpoint);

    /// <summary>Enters a load balancer, or replaces it.</summary>
    public HostState With(LoadBalancer balancer)
    {
        var id = balancer.Spec.Id;
        var state = LoadBalancers.ContainsKey(id) ? WithoutLoadBalancer(id) : this;
        var balanced = state.Balanced.ToBuilder();
        foreach (var backend in balancer.Spec.Members)
            balanced[backend] = balanced.GetValueOrDefault(backend, []).Add(id);
        return state with
        {
            LoadBalancers = state.LoadBalancers.SetItem(id, balancer),
            LoadBalancerNames = state.LoadBalancerNames.SetItem(balancer.Spec.Name!, id),
            Balanced = balanced.ToImmutable(),
            Services = state.Services.Add(balancer.Spec),
            PublicationNumbers = balancer.Numbers().Aggregate(state.PublicationNumbers, (numbers, number) => numbers.Restore(number)),
        };
    }

    public HostState WithoutLoadBalancer(Guid id)
    {
        var balancer = LoadBalancers[id];
        var balanced = Balanced.ToBuilder();
        foreach (var backend in balancer.Spec.Members)
        {
            var rest = balanced[backend].Remove(id);
            if (rest.IsEmpty)
                balanced.Remove(backend);
            else
                balanced[backend] = rest;
        }
        return this with
        {
            LoadBalancers = LoadBalancers.Remove(id),
            LoadBalancerNames = LoadBalancerNames.Remove(balancer.Spec.Name!),
            Balanced = balanced.ToImmutable(),
            Services = Services.Remove(balancer.Spec),
            PublicationNumbers = balancer.Numbers().Aggregate(PublicationNumbers, (numbers, number) => numbers.Free(number)),
        };
    }
}
