using Fairway.Dataplane.Links;
using Fairway.Dataplane.Marks;
using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Dataplane.Tunnels;
using Fairway.Engine.Plan;
using Fairway.Linux.Routing;
using Fairway.Linux.Tc;

namespace Fairway.Dataplane.Networks;

/// <summary>Checked are the host vNIC (mark, MAC, MTU, up, addresses, routes, filter), the resolver's link and port, the tunnel, and the network's row.</summary>
internal sealed partial class NetworkDriver
{
    /// <inheritdoc/>
    public IReadOnlySet<Guid> Observe(IReadOnlyCollection<NetworkPlan> desired)
    {
        var inPlace = new HashSet<Guid>();
        if (desired.Count == 0)
            return inPlace;
        Dictionary<string, Link> links = host.Queries.ListLinks().Where(instance.IsLive).ToDictionary(link => link.Name);
        ILookup<int, InterfaceAddress> addresses = host.Queries.ListAddresses().ToLookup(address => address.LinkIndex);
        ILookup<int?, Route> routes = host.Queries.ListRoutes(new RouteFilter { Table = RouteTable.Main }).ToLookup(route => route.LinkIndex);
        foreach (NetworkPlan network in desired)
        {
            if (IsInPlace(network, links, addresses, routes))
                inPlace.Add(network.Id);
        }
        return inPlace;
    }

    private bool IsInPlace(NetworkPlan network, Dictionary<string, Link> links, ILookup<int, InterfaceAddress> addresses, ILookup<int?, Route> routes)
    {
        int index = 0;
        if (network.HostLink is not null)
        {
            if (!links.TryGetValue(network.HostLink, out Link? link) || !IsInPlace(network, link, addresses[link.Index]) || HostNic.MissingRoutes(network, link.Index, routes[link.Index]).Any())
                return false;
            index = link.Index;
        }
        if (HasResolver(network) && !_resolvers.IsInPlace(network, links.GetValueOrDefault(ResolverPorts.HostLinkOf(network.Id))))
            return false;
        int tunnel = 0;
        if (network.Tunnel is { Port: var port })
        {
            if (_tunnels.Find(port, links.GetValueOrDefault(TunnelDevices.NameOf(port))) is not { } found || !_virtualSubnets.IsOpen(network))
                return false;
            tunnel = found;
        }
        Link? uplink = network.Uplink is null ? null : host.Queries.FindLink(network.Uplink);
        if (network.Uplink is not null && (uplink is null || !segments.IsOpen(network, uplink)))
            return false;
        return virtualSwitch.Maps.Networks.Find(network.Number) is { } row && Same(row, RowOf(network, FlagsOf(network), index, uplink, tunnel));
    }

    private bool IsInPlace(NetworkPlan network, Link link, IEnumerable<InterfaceAddress> addresses)
    {
        if (instance.MarkOf(link) is not { Kind: LinkKind.Network } mark || mark.Id != network.Id)
            return false;
        if (!link.IsUp || link.Mtu != network.Mtu || link.Mac?.Value != network.GatewayMac.Value)
            return false;
        if (!network.Gateways.All(gateway => addresses.Any(address => KernelAddresses.Same(gateway, address))))
            return false;
        BpfFilterSpec wanted = virtualSwitch.NetworkFilter(link.Index, network.Number);
        return host.Queries.ListFilters(link.Index, TrafficDirection.Egress).Any(filter => VirtualSwitch.IsInPlace(filter, wanted));
    }

    private static bool Same(NetworkRow row, NetworkRow wanted)
        => (row.Flags & ~NetworkFlags.Policed) == wanted.Flags
            && row.HostIfindex == wanted.HostIfindex
            && row.Gateway4 == wanted.Gateway4
            && row.Gateway6 == wanted.Gateway6
            && row.GatewayMac.ToAddress() == wanted.GatewayMac.ToAddress()
            && row.Mtu == wanted.Mtu
            && row.Uplink == wanted.Uplink
            && row.UplinkMac.ToAddress() == wanted.UplinkMac.ToAddress()
            && row.Vlan == wanted.Vlan;
}
