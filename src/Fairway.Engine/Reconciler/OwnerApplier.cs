using System.Collections.Immutable;
using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;

namespace Fairway.Engine.Reconciler;

/// <summary>Brings what the switch is told by owner to the plan as it is when the driver is called. Calls never overlap.</summary>
internal sealed class OwnerApplier<TPlan>(IOwnerDriver<TPlan> driver, PlanFollower plans, Func<HostPlan, ImmutableDictionary<Guid, TPlan>> select)
    where TPlan : class, IEquatable<TPlan>
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Held<TPlan>> _held = [];

    /// <summary>Brings an owner to the plan.</summary>
    public void Converge(Guid owner)
    {
        lock (_gate)
        {
            var desired = select(plans.Current).GetValueOrDefault(owner);
            var held = _held.GetValueOrDefault(owner);
            if (desired is null)
            {
                if (held is not null)
                    driver.Remove(held.Plan);
                _held.Remove(owner);
                return;
            }
            if (held is { Whole: true } && held.Plan.Equals(desired))
                return;
            _held[owner] = new Held<TPlan>(desired, Whole: false);
            driver.Apply(desired);
            _held[owner] = new Held<TPlan>(desired, Whole: true);
        }
    }

    /// <summary>Tells the switch once more what an owner's plan is.</summary>
    public void Refresh(Guid owner)
    {
        lock (_gate)
        {
            if (_held.TryGetValue(owner, out var held))
                _held[owner] = held with { Whole = false };
        }
        Converge(owner);
    }

    /// <summary>Brings all of it to the plan, known or not.</summary>
    public void Synchronize()
    {
        lock (_gate)
        {
            var all = select(plans.Current);
            driver.Synchronize([.. all.Values]);
            _held.Clear();
            foreach (var (owner, plan) in all)
                _held[owner] = new Held<TPlan>(plan, Whole: true);
        }
    }
}
