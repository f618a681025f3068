using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;

namespace Fairway.Engine.Reconciler;

/// <summary>Brings networks in the kernel to the plan as it is when the driver is called, not as it was when somebody asked.</summary>
internal sealed class NetworkApplier(INetworkDriver driver, DriverLanes lanes, PlanFollower plans)
{
    /// <summary>One key for all: calls for networks never overlap.</summary>
    private static readonly Guid s_lane = Guid.Empty;

    /// <summary>Makes a network that is in the plan; removes one that is not.</summary>
    public Task ConvergeAsync(Guid id) => lanes.RunAsync(s_lane, () =>
    {
        var plan = plans.Current;
        if (plan.Networks.TryGetValue(id, out var desired))
            driver.Apply([desired]);
        else
            driver.RemoveExcept([.. plan.Networks.Values]);
    });

    /// <summary>Looks at all networks and makes those that are not in place.</summary>
    /// <returns>Networks that could not be made, with the reason.</returns>
    public async Task<IReadOnlyDictionary<Guid, Exception>> RepairAsync()
    {
        var failed = new Dictionary<Guid, Exception>();
        await lanes.RunAsync(s_lane, () =>
        {
            var desired = plans.Current.Networks.Values.ToList();
            var inPlace = driver.Observe(desired);
            Apply([.. desired.Where(plan => !inPlace.Contains(plan.Id))], failed);
        }).ConfigureAwait(false);
        return failed;
    }

    /// <summary>Removes what is not in the plan, known or not.</summary>
    public Task SweepAsync() => lanes.RunAsync(s_lane, () => driver.RemoveExcept([.. plans.Current.Networks.Values]));

    /// <summary>All at once; when that fails one by one, so that one does not keep the others away.</summary>
    private void Apply(List<NetworkPlan> missing, Dictionary<Guid, Exception> failed)
    {
        if (missing.Count == 0)
            return;
        try
        {
            driver.Apply(missing);
        }
        catch (Exception) when (missing.Count > 1)
        {
            foreach (var plan in missing)
                Apply([plan], failed);
        }
        catch (Exception problem)
        {
            failed[missing[0].Id] = problem;
        }
    }
}
