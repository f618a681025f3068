using System.Collections.Immutable;
using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;

namespace Fairway.Engine.Reconciler;

/// <summary>Brings what the switch is told by owner to the plan as it is when the driver is called. Calls never overlap.</summary>
internal sealed class OwnerApplier<TPlan>(IOwnerDriver<TPlan> driver, PlanFollower plans, Func<HostPlan, ImmutableDictionary<Guid, TPlan>> select)
    where TPlan : class, IEquatable<TPlan>
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, TPlan> _held = [];

    /// <summary>Brings an owner to the plan.</summary>
    public void Converge(Guid owner)
    {
        lock (_gate)
        {
            var desired = select(plans.Current).GetValueOrDefault(owner);
            if (_held.GetValueOrDefault(owner) is { } held && !held.Equals(desired))
            {
                if (desired is null)
                    driver.Remove(held);
                _held.Remove(owner);
            }
            if (desired is null || _held.ContainsKey(owner))
                return;
            driver.Apply(desired);
            _held[owner] = desired;
        }
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
                _held[owner] = plan;
        }
    }
}
