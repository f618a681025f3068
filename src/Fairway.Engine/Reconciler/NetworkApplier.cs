using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;

namespace Fairway.Engine.Reconciler;

/// <summary>Brings networks in the kernel to the plan as it is when the driver is called, not as it was when somebody asked.</summary>
internal sealed class NetworkApplier(INetworkDriver driver, PolicyApplier policies, OwnerApplier<RemotePlan> remotes, DriverLanes lanes, PlanFollower plans)
{
    /// <summary>One key for all: calls for networks never overlap.</summary>
    private static readonly Guid s_lane = Guid.Empty;

    /// <summary>Networks whose last call succeeded. Touched on the lane only.</summary>
    private readonly HashSet<Guid> _made = [];

    /// <summary>Makes a network that is in the plan; removes one that is not.</summary>
    public Task ConvergeAsync(Guid id) => lanes.RunAsync(s_lane, () =>
    {
        var plan = plans.Current;
        _made.Remove(id);
        if (plan.Networks.TryGetValue(id, out var desired))
        {
            policies.Apply(id);
            Make([desired]);
        }
        else
        {
            driver.RemoveExcept([.. plan.Networks.Values]);
        }
        policies.Release(id);
        remotes.Converge(id);
    });

    /// <summary>Tells the drivers once more what a network is, whether anything changed or not.</summary>
    public Task RefreshAsync(Guid id) => lanes.RunAsync(s_lane, () =>
    {
        if (!plans.Current.Networks.TryGetValue(id, out var desired))
            return;
        policies.Refresh(id);
        Make([desired]);
        remotes.Refresh(id);
    });

    /// <summary>Makes all networks of the plan that are not in place. Only before anything else runs.</summary>
    /// <returns>Those networks, and why they could not be made (null: they were).</returns>
    public Task<IReadOnlyDictionary<Guid, Exception?>> StartAsync() => RepairAsync(_ => true);

    /// <summary>Makes those networks again that were made and are no longer in place.</summary>
    /// <returns>Those networks, and why they could not be made (null: they were).</returns>
    public Task<IReadOnlyDictionary<Guid, Exception?>> RepairAsync() => RepairAsync(_made.Contains);

    /// <summary>Removes what is not in the plan, known or not.</summary>
    public Task SweepAsync() => lanes.RunAsync(s_lane, () => driver.RemoveExcept([.. plans.Current.Networks.Values]));

    private async Task<IReadOnlyDictionary<Guid, Exception?>> RepairAsync(Func<Guid, bool> which)
    {
        var made = new Dictionary<Guid, Exception?>();
        await lanes.RunAsync(s_lane, () =>
        {
            var desired = plans.Current.Networks.Values.Where(plan => which(plan.Id)).ToList();
            var inPlace = driver.Observe(desired);
            _made.UnionWith(inPlace);
            Make([.. desired.Where(plan => !inPlace.Contains(plan.Id))], made);
        }).ConfigureAwait(false);
        return made;
    }

    /// <summary>All at once; when that fails one by one, so that one does not keep the others away.</summary>
    private void Make(List<NetworkPlan> missing, Dictionary<Guid, Exception?> made)
    {
        try
        {
            Make(missing);
            foreach (var plan in missing)
                made[plan.Id] = null;
        }
        catch (Exception) when (missing.Count > 1)
        {
            foreach (var plan in missing)
                Make([plan], made);
        }
        catch (Exception problem)
        {
            made[missing[0].Id] = problem;
        }
    }

    private void Make(List<NetworkPlan> networks)
    {
        if (networks.Count == 0)
            return;
        _made.ExceptWith(networks.Select(plan => plan.Id));
        driver.Apply(networks);
        _made.UnionWith(networks.Select(plan => plan.Id));
    }
}
