using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;

namespace Fairway.Testing.Kernel;

public sealed partial class FakeKernel
{
    private readonly Dictionary<uint, LoadBalancerPlan> _balancers = [];
    private readonly OverlapGuard<string> _balancerCalls = new();

    /// <summary>The load balancers in force, by number.</summary>
    public IReadOnlyDictionary<uint, LoadBalancerPlan> Balancers
    {
        get
        {
            lock (_gate)
                return new Dictionary<uint, LoadBalancerPlan>(_balancers);
        }
    }

    void ILoadBalancerDriver.Apply(LoadBalancerPlan balancer) => InBalancers(FakeOperation.BalancerApply, () => _balancers[balancer.Number] = balancer);

    void ILoadBalancerDriver.Remove(uint number) => InBalancers(FakeOperation.BalancerRemove, () => _balancers.Remove(number));

    void ILoadBalancerDriver.Synchronize(IReadOnlyCollection<LoadBalancerPlan> balancers) => InBalancers(FakeOperation.BalancerSynchronize, () =>
    {
        _balancers.Clear();
        foreach (var plan in balancers)
            _balancers[plan.Number] = plan;
    });

    private void InBalancers(FakeOperation operation, Action action) => _balancerCalls.Run(["balancers"], () => Do(operation, action));
}
