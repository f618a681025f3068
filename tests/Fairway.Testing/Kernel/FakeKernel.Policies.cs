using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;

namespace Fairway.Testing.Kernel;

public sealed partial class FakeKernel
{
    private readonly Dictionary<Guid, PolicyPlan> _policies = [];
    private readonly OverlapGuard<string> _policyCalls = new();

    /// <summary>The access rules in force, by owner.</summary>
    public IReadOnlyDictionary<Guid, PolicyPlan> Policies
    {
        get
        {
            lock (_gate)
                return new Dictionary<Guid, PolicyPlan>(_policies);
        }
    }

    void IPolicyDriver.Apply(PolicyPlan policies) => InPolicies(FakeOperation.PolicyApply, () => _policies[policies.Owner] = policies);

    void IPolicyDriver.Remove(PolicyPlan policies) => InPolicies(FakeOperation.PolicyRemove, () => _policies.Remove(policies.Owner));

    void IPolicyDriver.Synchronize(IReadOnlyCollection<PolicyPlan> policies) => InPolicies(FakeOperation.PolicySynchronize, () =>
    {
        _policies.Clear();
        foreach (var plan in policies)
            _policies[plan.Owner] = plan;
    });

    private void InPolicies(FakeOperation operation, Action action) => _policyCalls.Run(["policies"], () => Do(operation, action));
}
