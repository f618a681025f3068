using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;

namespace Fairway.Daemon.Resolving;

/// <summary>
/// The endpoint driver, with names: an endpoint counts as applied when its network's resolver knows it, so that whoever waited for the attach finds it by
/// name. The change stream alone would tell the resolver some milliseconds later.
/// </summary>
internal sealed class NamedEndpointDriver(IEndpointDriver endpoints, NameService names) : IEndpointDriver
{
    public IReadOnlySet<Guid> Observe(IReadOnlyCollection<EndpointPlan> desired) => endpoints.Observe(desired);

    public void Apply(EndpointPlan endpoint)
    {
        endpoints.Apply(endpoint);
        if (!endpoint.IsSource)
            names.Announce(endpoint.Id);
    }

    public void Remove(IReadOnlyCollection<EndpointPlan> gone) => endpoints.Remove(gone);

    public void RemoveExcept(IReadOnlyCollection<EndpointPlan> keep) => endpoints.RemoveExcept(keep);
}
