using System.Collections.Concurrent;
using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;

namespace Fairway.Engine.Reconciler;

/// <summary>
/// Brings endpoints and their publications in the kernel to the plan as it is when the driver is called, not as it was when somebody
/// asked: whoever comes late finds the work done, and a failed step is repeated by asking again.
/// </summary>
internal sealed class EndpointApplier(IEndpointDriver driver, PublicationApplier publications, PolicyApplier policies, LoadBalancerApplier balancers, OwnerApplier<RemotePlan> remotes, OwnerApplier<WayPlan> ways, OwnerApplier<SidecarPlan> sidecars, DriverLanes lanes, PlanFollower plans)
{
    private readonly ConcurrentDictionary<Guid, Held<EndpointPlan>> _held = new();

    /// <summary>Brings one endpoint and some publications to the plan.</summary>
    /// <param name="id">The endpoint.</param>
    /// <param name="numbers">Publications of it that may have changed.</param>
    public Task ConvergeAsync(Guid id, IReadOnlyCollection<uint> numbers) => lanes.RunAsync(id, () => Converge(id, numbers));

    /// <summary>Tells the drivers once more what an endpoint and its publications are, whether anything changed or not.</summary>
    public Task RefreshAsync(Guid id, IReadOnlyCollection<uint> numbers) => lanes.RunAsync(id, () =>
    {
        if (_held.TryGetValue(id, out var held))
            _held[id] = held with { Whole = false };
        policies.Refresh(id);
        remotes.Refresh(id);
        ways.Refresh(id);
        Converge(id, numbers);
        publications.Refresh(numbers);
    });

    /// <summary>Looks at all endpoints whose last call succeeded.</summary>
    /// <returns>Those that are no longer in place.</returns>
    public IReadOnlyList<EndpointPlan> Missing()
    {
        // Taken before looking: what is being made meanwhile is not missing.
        var settled = _held.Values.Where(held => held.Whole).Select(held => held.Plan).ToList();
        var inPlace = driver.Observe(settled);
        return [.. settled.Where(plan => !inPlace.Contains(plan.Id))];
    }

    /// <summary>Looks at all endpoints of the plan and takes those in place for made. Only before anything else runs.</summary>
    /// <returns>The ones that are not.</returns>
    public IReadOnlyList<EndpointPlan> Adopt()
    {
        var desired = plans.Current.Endpoints.Values.ToList();
        var inPlace = driver.Observe(desired);
        foreach (var plan in desired.Where(plan => inPlace.Contains(plan.Id)))
            _held[plan.Id] = new Held<EndpointPlan>(plan, Whole: true);
        return [.. desired.Where(plan => !inPlace.Contains(plan.Id))];
    }

    /// <summary>Endpoints of the plan that have not been made.</summary>
    public IReadOnlyList<Guid> Unmade() => [.. plans.Current.Endpoints.Keys.Where(id => !(_held.TryGetValue(id, out var held) && held.Whole))];

    /// <summary>Makes an endpoint again that was found missing, unless it changed since.</summary>
    public Task RepairAsync(EndpointPlan missing) => lanes.RunAsync(missing.Id, () =>
    {
        if (_held.TryGetValue(missing.Id, out var held) && ReferenceEquals(held.Plan, missing))
            _held[missing.Id] = held with { Whole = false };
        Converge(missing.Id, []);
    });

    /// <summary>Removes what is not in the plan, known or not. Only before anything else runs.</summary>
    public void Sweep() => driver.RemoveExcept([.. plans.Current.Endpoints.Values]);

    private void Converge(Guid id, IReadOnlyCollection<uint> numbers)
    {
        var desired = plans.Current.Endpoints.GetValueOrDefault(id);
        publications.Withdraw(numbers);
        if (_held.TryGetValue(id, out var held) && desired is not null && held.Plan.ChangesInPlace(desired))
        {
            // Applied to what is there.
            held = null;
        }
        else if (held is not null && held.Plan != desired)
        {
            balancers.Withdraw(id);
            driver.Remove([held.Plan]);
            _held.TryRemove(id, out held);
            held = null;
        }
        policies.Release(id);
        policies.Apply(id);
        // A backend on another host: its callers find the others before the way to it ends, and it before they are led there.
        if (desired is null && !plans.Current.Remotes.ContainsKey(id))
            balancers.Converge(id);
        remotes.Converge(id);
        ways.Converge(id);
        sidecars.Converge(id);
        if (desired is not null && held is not { Whole: true })
        {
            _held[id] = new Held<EndpointPlan>(desired, Whole: false);
            driver.Apply(desired);
            _held[id] = new Held<EndpointPlan>(desired, Whole: true);
        }
        publications.Publish(numbers);
        balancers.Converge(id);
    }
}
