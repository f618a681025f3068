using System.Collections.Immutable;
using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;

namespace Fairway.Engine.Reconciler;

/// <summary>Brings load balancers in the kernel to the plan as it is when the driver is called. Calls never overlap.</summary>
internal sealed class LoadBalancerApplier(ILoadBalancerDriver driver, PlanFollower plans)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, ImmutableArray<LoadBalancerPlan>> _held = [];

    /// <summary>The load balancers held that have an endpoint among their backends or call with its addresses, planned or not any more.</summary>
    private readonly Dictionary<Guid, HashSet<Guid>> _members = [];

    /// <summary>
    /// What backends were planned as when their load balancers were last brought to the plan. An endpoint converges for many reasons, and may be
    /// behind 10,000 load balancers: those are only looked at when it changed itself.
    /// </summary>
    private readonly Dictionary<Guid, (EndpointPlan? Endpoint, ImmutableHashSet<Guid>? Balancers)> _settled = [];

    /// <summary>Takes a backend out that is about to change or to go: new connections go to the others. Nobody calls with the addresses of a source that goes.</summary>
    public void Withdraw(Guid endpoint)
    {
        lock (_gate)
        {
            _settled.Remove(endpoint);
            foreach (var (id, halves) in Of(endpoint))
                Bring(id, [.. halves.Select(half => half with { Backends = half.Backends.RemoveAll(backend => backend.Endpoint == endpoint), Source = half.Source?.Endpoint == endpoint ? null : half.Source })]);
        }
    }

    /// <summary>Brings the load balancers of a backend to the plan; once its port is open.</summary>
    public void Converge(Guid endpoint)
    {
        lock (_gate)
        {
            var current = plans.Current;
            var (plan, balancers) = (current.Endpoints.GetValueOrDefault(endpoint), current.Balanced.GetValueOrDefault(endpoint));
            if (_settled.TryGetValue(endpoint, out var settled) && ReferenceEquals(settled.Endpoint, plan) && ReferenceEquals(settled.Balancers, balancers))
                return;
            _settled.Remove(endpoint);
            foreach (var (id, halves) in Of(endpoint))
                Bring(id, halves);
            if (balancers is not null)
                _settled[endpoint] = (plan, balancers);
        }
    }

    /// <summary>Brings one load balancer to the plan.</summary>
    public void Apply(Guid id)
    {
        lock (_gate)
            Bring(id, Planned(id));
    }

    /// <summary>Brings all to the plan, known or not.</summary>
    public void Synchronize()
    {
        lock (_gate)
        {
            var all = plans.Current.LoadBalancers;
            driver.Synchronize([.. all.Values.SelectMany(halves => halves)]);
            _held.Clear();
            _members.Clear();
            _settled.Clear();
            foreach (var (id, halves) in all)
                Hold(id, halves);
        }
    }

    private List<(Guid Id, ImmutableArray<LoadBalancerPlan> Halves)> Of(Guid endpoint) =>
        [.. plans.Current.Balanced.GetValueOrDefault(endpoint, []).Union(_members.GetValueOrDefault(endpoint, [])).Select(id => (id, Planned(id)))];

    private ImmutableArray<LoadBalancerPlan> Planned(Guid id) => plans.Current.LoadBalancers.GetValueOrDefault(id, []);

    private void Bring(Guid id, ImmutableArray<LoadBalancerPlan> halves)
    {
        var held = _held.GetValueOrDefault(id, []);
        // The same array, not one with the same contents: that is what most of them are.
        if (held == halves)
            return;
        try
        {
            foreach (var gone in held.Where(half => halves.All(other => other.Number != half.Number)))
                driver.Remove(gone.Number);
            foreach (var half in halves.Except(held))
                driver.Apply(half);
        }
        catch
        {
            // Any of them may be in the kernel now, whole or half: the next call must take none for what it was, nor forget one.
            Hold(id, [.. held.Concat(halves).DistinctBy(half => half.Number).Select(half => half with { Services = [] })]);
            throw;
        }
        Hold(id, halves);
    }

    private void Hold(Guid id, ImmutableArray<LoadBalancerPlan> halves)
    {
        foreach (var endpoint in Members(_held.GetValueOrDefault(id, [])))
        {
            if (_members.TryGetValue(endpoint, out var members) && members.Remove(id) && members.Count == 0)
                _members.Remove(endpoint);
        }
        if (halves.IsEmpty)
            _held.Remove(id);
        else
            _held[id] = halves;
        foreach (var endpoint in Members(halves))
        {
            if (!_members.TryGetValue(endpoint, out var members))
                _members[endpoint] = members = [];
            members.Add(id);
        }
    }

    private static HashSet<Guid> Members(ImmutableArray<LoadBalancerPlan> halves) =>
        [.. halves.SelectMany(half => half.Backends).Select(backend => backend.Endpoint), .. halves.Select(half => half.Source?.Endpoint).OfType<Guid>()];
}
