using Fairway.Engine.Plan;
using Fairway.Engine.Planner;
using Fairway.Engine.State;

namespace Fairway.Engine.Reconciler;

/// <summary>Keeps the plan of the newest state, write by write. What the disk does not take leaves it again.</summary>
internal sealed class PlanFollower(HostPlanner planner, HostState state)
{
    private volatile HostPlan _current = planner.Plan(state);

    /// <summary>At least as new as any write that has been answered.</summary>
    public HostPlan Current => _current;

    public void Return(HostState state) => _current = planner.Plan(state);

    public void Follow(HostState state, StateDelta delta) => _current = planner.Advance(_current, state, delta);
}
