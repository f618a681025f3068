using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;

namespace Fairway.Testing.Kernel;

public sealed partial class FakeKernel
{
    private readonly Dictionary<Guid, WayPlan> _ways = [];
    private readonly OverlapGuard<string> _wayCalls = new();

    /// <summary>How packets leave, by endpoint.</summary>
    public IReadOnlyDictionary<Guid, WayPlan> Ways
    {
        get
        {
            lock (_gate)
                return new Dictionary<Guid, WayPlan>(_ways);
        }
    }

    void IOwnerDriver<WayPlan>.Apply(WayPlan way) => InWays(FakeOperation.WayApply, () => _ways[way.Owner] = way);

    void IOwnerDriver<WayPlan>.Remove(WayPlan way) => InWays(FakeOperation.WayRemove, () => _ways.Remove(way.Owner));

    void IOwnerDriver<WayPlan>.Synchronize(IReadOnlyCollection<WayPlan> ways) => InWays(FakeOperation.WaySynchronize, () =>
    {
        _ways.Clear();
        foreach (var plan in ways)
            _ways[plan.Owner] = plan;
    });

    private void InWays(FakeOperation operation, Action action) => _wayCalls.Run(["ways"], () => Do(operation, action));
}
