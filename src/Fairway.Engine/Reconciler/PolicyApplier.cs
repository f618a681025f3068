using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;

namespace Fairway.Engine.Reconciler;

/// <summary>Brings access rules in the kernel to the plan as it is when the driver is called. Calls never overlap.</summary>
internal sealed class PolicyApplier(IPolicyDriver driver, PlanFollower plans)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, PolicyPlan> _held = [];

    /// <summary>Brings an owner's rules in force as planned; before its port opens.</summary>
    public void Apply(Guid owner)
    {
        lock (_gate)
        {
            if (!plans.Current.Policies.TryGetValue(owner, out var desired) || _held.GetValueOrDefault(owner) == desired)
                return;
            driver.Apply(desired);
            _held[owner] = desired;
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
            if (plans.Current.Policies.ContainsKey(owner) || !_held.Remove(owner, out var held))
                return;
            driver.Remove(held);
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
            foreach (var (owner, plan) in all)
                _held[owner] = plan;
        }
    }
}
