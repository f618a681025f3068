using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;

namespace Fairway.Testing.Kernel;

public sealed partial class FakeKernel
{
    private readonly Dictionary<Guid, SidecarPlan> _sidecars = [];
    private readonly OverlapGuard<string> _sidecarCalls = new();

    /// <summary>What is led to proxies, by endpoint.</summary>
    public IReadOnlyDictionary<Guid, SidecarPlan> Sidecars
    {
        get
        {
            lock (_gate)
                return new Dictionary<Guid, SidecarPlan>(_sidecars);
        }
    }

    void IOwnerDriver<SidecarPlan>.Apply(SidecarPlan sidecar) => InSidecars(FakeOperation.SidecarApply, () => _sidecars[sidecar.Owner] = sidecar);

    void IOwnerDriver<SidecarPlan>.Remove(SidecarPlan sidecar) => InSidecars(FakeOperation.SidecarRemove, () => _sidecars.Remove(sidecar.Owner));

    void IOwnerDriver<SidecarPlan>.Synchronize(IReadOnlyCollection<SidecarPlan> sidecars) => InSidecars(FakeOperation.SidecarSynchronize, () =>
    {
        _sidecars.Clear();
        foreach (var plan in sidecars)
            _sidecars[plan.Owner] = plan;
    });

    private void InSidecars(FakeOperation operation, Action action) => _sidecarCalls.Run(["sidecars"], () => Do(operation, action));
}
