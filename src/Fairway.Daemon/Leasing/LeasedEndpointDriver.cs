using Fairway.Dataplane.Leases;
using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;

namespace Fairway.Daemon.Leasing;

/// <summary>The endpoint driver, with DHCP: a virtual machine that boots behind a tap that was just made, or made again, is answered.</summary>
internal sealed class LeasedEndpointDriver(IEndpointDriver endpoints, LeaseServer leases) : IEndpointDriver
{
    public IReadOnlySet<Guid> Observe(IReadOnlyCollection<EndpointPlan> desired)
    {
        var inPlace = endpoints.Observe(desired);
        foreach (var endpoint in desired.Where(endpoint => endpoint.VirtualNic is not null && inPlace.Contains(endpoint.Id))) leases.Keep(endpoint);
        return inPlace;
    }

    public void Apply(EndpointPlan endpoint)
    {
        endpoints.Apply(endpoint);
        leases.Serve(endpoint);
    }

    public void Remove(IReadOnlyCollection<EndpointPlan> gone)
    {
        endpoints.Remove(gone);
        foreach (var endpoint in gone) leases.Forget(endpoint.Id);
    }

    public void RemoveExcept(IReadOnlyCollection<EndpointPlan> keep) => endpoints.RemoveExcept(keep);
}
