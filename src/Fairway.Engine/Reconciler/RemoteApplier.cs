using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;

namespace Fairway.Engine.Reconciler;

/// <summary>Brings what the switch knows of other hosts to the plan as it is when the driver is called. Calls never overlap.</summary>
internal sealed class RemoteApplier(IRemoteDriver driver, PlanFollower plans)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, RemotePlan> _held = [];

    /// <summary>Brings an owner's addresses to the plan.</summary>
    public void Converge(Guid owner)
    {
        lock (_gate)
        {
            var desired = plans.Current.Remotes.GetValueOrDefault(owner);
            if (_held.GetValueOrDefault(owner) is { } held && held != desired)
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
            var all = plans.Current.Remotes;
            driver.Synchronize([.. all.Values]);
            _held.Clear();
            foreach (var (owner, plan) in all)
                _held[owner] = plan;
        }
    }
}
