using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Endpoints;
using Fairway.Model.Policies;

namespace Fairway.Engine.Planner;

/// <summary>Where what an endpoint's processes call is led, a sidecar or a proxy elsewhere, and what of it.</summary>
/// <param name="Address">The proxy's; null for the sidecar's, which is the loopback's.</param>
/// <param name="Port">Its port; 0 for the one that is called.</param>
/// <param name="Prefixes">Whom they call.</param>
/// <param name="Exceptions">Whom they call without it.</param>
/// <param name="Ports">The ports they call.</param>
internal sealed record OutwardLead(IPAddress? Address, int Port, ImmutableArray<IPNetwork> Prefixes, ImmutableArray<IPNetwork> Exceptions, ImmutableArray<PortInterval> Ports)
{
    /// <summary>Null when nothing is led anywhere.</summary>
    public static OutwardLead? Of(EndpointSpec spec) => spec switch
    {
        { Sidecar: { OutboundPort: { } port } sidecar } => new OutwardLead(null, port, sidecar.RemotePrefixes is [] ? SidecarPlanner.Everything : sidecar.RemotePrefixes,
            sidecar.OutboundExceptions.Prefixes, PortIntervals.Without(sidecar.RemotePorts is [] ? PortIntervals.All : sidecar.RemotePorts, sidecar.OutboundExceptions.Ports)),
        // Who calls the proxy itself reaches it, and not by way of itself.
        { Proxy: { } proxy } => new OutwardLead(proxy.Address, proxy.Port ?? 0, proxy.Prefixes is [] ? [Everything(proxy.Address)] : proxy.Prefixes,
            [.. proxy.Exceptions, SidecarPlanner.Whole(proxy.Address)], PortIntervals.Without(proxy.Ports is [] ? PortIntervals.All : proxy.Ports, [])),
        _ => null,
    };

    private static IPNetwork Everything(IPAddress address) => SidecarPlanner.Everything.Single(everything => everything.BaseAddress.AddressFamily == address.AddressFamily);
}
