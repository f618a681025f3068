using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;

namespace Fairway.Engine.Reconciler;

/// <summary>Brings access rules in the kernel to the plan as it is when the driver is called. Calls never overlap.</summary>
internal sealed class PolicyApplier(IPolicyDriver driver, PlanFollower plans)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, PolicyPlan> _held = [];

    // What the driver began with and did not end: some of it may be there.
    private readonly Dictionary<Guid, PolicyPlan> _begun = [];

    /// <summary>Brings an owner's rules in force as planned; before its port opens.</summary>
    public void Apply(Guid owner)
    {
        lock (_gate)
        {
            if (!plans.Current.Policies.TryGetValue(owner, out var desired) || _held.GetValueOrDefault(owner) == desired)
                return;
            _begun[owner] = desired;
            driver.Apply(desired);
            _held[owner] = desired;
            _begun.Remove(owner);
        }
    }

    /// <summary>Brings an owner's rules in force once more.</summary>
    public void Refresh(Guid owner)
    {
        lock (_gate)
        {
            if (plans.Current.Policies.TryGetValue(owner, out var desired))
                driver.Apply(desired);
        }
    }

    /// <summary>Takes an owner's rules out of force that are no longer planned; after its port has closed, if it did.</summary>
    public void Release(Guid owner)
    {
        lock (_gate)
        {
            if (plans.Current.Policies.ContainsKey(owner) || (_held.GetValueOrDefault(owner) ?? _begun.GetValueOrDefault(owner)) is not { } held)
                return;
            driver.Remove(held);
            _held.Remove(owner);
            _begun.Remove(owner);
        }
    }

    /// <summary>Brings all rules to the plan, known or not.</summary>
    public void Synchronize()
    {
        lock (_gate)
        {
            var all = plans.Current.Policies;
            driver.Synchronize([.. all.Values]);
            _held.Clear();
            _begun.Clear();
            foreach (var (owner, plan) in all)
                _held[owner] = plan;
        }
    }
}
