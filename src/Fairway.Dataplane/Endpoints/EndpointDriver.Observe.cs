using Fairway.Dataplane.Links;
using Fairway.Dataplane.Marks;
using Fairway.Dataplane.Switch;
using Fairway.Engine.Plan;
using Fairway.Linux;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;
using Fairway.Linux.Tc;

namespace Fairway.Dataplane.Endpoints;

/// <summary>
/// Finding what is in place, from the host's side alone: links are read in one go, and the inside end by the number the host has for
/// its namespace. Checked are the host link (mark, name, name of the port, up, MTU), its filter with this daemon's program, its token bucket, the namespace the pair leads to, the
/// inside end (name, MAC, MTU, up, addresses, a sidecar's filter) and the switch's rows. Not checked are the routes, neighbours and the token bucket inside, which
/// cannot be read from outside; they go with the addresses and the link. Of an end that was handed over, and of a machine behind a tap, nothing is checked.
/// </summary>
internal sealed partial class EndpointDriver
{
    /// <inheritdoc/>
    public IReadOnlySet<Guid> Observe(IReadOnlyCollection<EndpointPlan> desired)
    {
        var inPlace = new HashSet<Guid>();
        if (desired.Count == 0)
            return inPlace;
        Dictionary<string, Link> links = host.Queries.ListLinks().Where(instance.IsLive).ToDictionary(link => link.Name);
        foreach (EndpointPlan endpoint in desired)
        {
            if (endpoint.IsSource ? ports.IsOpen(endpoint, NoLink) : links.TryGetValue(endpoint.HostLink, out Link? outer) && IsInPlace(endpoint, outer))
                inPlace.Add(endpoint.Id);
        }
        return inPlace;
    }

    private bool IsInPlace(EndpointPlan endpoint, Link outer)
        => instance.MarkOf(outer) is { Kind: LinkKind.Endpoint } mark && mark.Id == endpoint.Id
            && outer.IsUp && outer.Mtu == (endpoint.VirtualNic is null ? endpoint.Mtu : TapPorts.MtuOf(endpoint.Mtu))
            && ports.IsOpen(endpoint, outer.Index)
            && HasPortName(endpoint, outer)
            && HasFilter(endpoint, outer)
            && HasLimit(endpoint, outer)
            && HasOtherEnd(endpoint, outer);

    private bool HasOtherEnd(EndpointPlan endpoint, Link outer) => endpoint switch
    {
        { VirtualNic: not null } => outer.Kind == TapPorts.Kind,
        { HandoverLink: not null } => outer.LinkedIndex is not null,
        _ => LeadsToNamespaceOf(endpoint, outer) && IsConfiguredInside(endpoint, outer.LinkedIndex!.Value, outer.LinkedNamespaceId!.Value) && HasSidecar(endpoint, outer.LinkedIndex!.Value),
    };

    private bool HasFilter(EndpointPlan endpoint, Link outer)
    {
        BpfFilterSpec wanted = virtualSwitch.EndpointFilter(outer.Index, endpoint.Port);
        return host.Queries.ListFilters(outer.Index, TrafficDirection.Ingress).Any(filter => VirtualSwitch.IsInPlace(filter, wanted));
    }

    private bool HasLimit(EndpointPlan endpoint, Link outer)
        => endpoint.Bandwidth?.IncomingRate is null || host.Queries.ListQdiscs(outer.Index).Any(qdisc => qdisc is { Kind: "tbf", Parent: Qdisc.Root });

    private bool LeadsToNamespaceOf(EndpointPlan endpoint, Link outer)
    {
        try
        {
            using NetworkNamespace space = NetworkNamespace.OpenPath(endpoint.NetnsPath);
            return LeadsTo(outer, space);
        }
        catch (LinuxException)
        {
            return false;
        }
    }

    private bool IsConfiguredInside(EndpointPlan endpoint, int index, int namespaceId)
    {
        if (host.Queries.FindLink(index, namespaceId) is not { IsUp: true } inner)
            return false;
        if (inner.Name != endpoint.InterfaceName || inner.Mtu != endpoint.Mtu || inner.Mac?.Value != endpoint.MacAddress.Value)
            return false;
        IReadOnlyList<InterfaceAddress> addresses = host.Queries.ListAddresses(index, namespaceId);
        return endpoint.Addresses.All(wanted => addresses.Any(address => KernelAddresses.Same(wanted, address)));
    }
}
