using System.Net;
using System.Net.Sockets;
using Fairway.Dataplane.Endpoints;
using Fairway.Dataplane.Host;
using Fairway.Dataplane.Links;
using Fairway.Dataplane.Marks;
using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Engine.Plan;
using Fairway.Linux;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;
using Fairway.Model.Endpoints;

namespace Fairway.Dataplane.Networks;

/// <summary>
/// The port through which a network's names are asked for. It ends in a namespace of its own (<c>INSTANCE-dns</c>), where interface
/// <c>n</c>NUMBER carries the network's gateway addresses; sockets there are bound to the interface, so networks may overlap.
/// </summary>
internal sealed class ResolverPorts(HostNetlink host, Instance instance, VirtualSwitch virtualSwitch, PortTable ports, ResolverSpace space)
{
    private readonly VethPorts _veths = new(host, instance, virtualSwitch);
    private readonly GatewayTable _gateways = new(virtualSwitch.Maps);

    /// <summary>Name of a network's interface in the resolvers' namespace.</summary>
    public static string InterfaceOf(uint network) => $"n{network}";

    public static string HostLinkOf(Guid network) => $"fwr{network.ToString("N")[..12]}";

    public void Apply(NetworkPlan network)
    {
        using NetworkNamespace dns = space.Open();
        using RouteNetlink inside = RouteNetlink.Open(dns);
        uint port = SwitchLimits.ResolverOf(network.Number);
        VethEnds ends = FindOrCreate(network, dns, inside, port);
        ConfigureInside(network, inside, ends.Inside);
        ports.Open(port, RowOf(network, ends.Host));
        _gateways.Set(network);
    }

    /// <summary>Closes the port of a network that is gone; its link goes with those of other networks.</summary>
    public void Close(uint network)
    {
        ports.Close(SwitchLimits.ResolverOf(network));
        _gateways.Forget(network);
    }

    public bool IsInPlace(NetworkPlan network, Link? outer)
        => outer is { IsUp: true } && outer.Mtu == network.Mtu
            && virtualSwitch.Maps.Ports.Find(SwitchLimits.ResolverOf(network.Number)) is { } row
            && PortTable.Same(row, RowOf(network, outer.Index))
            && _gateways.IsSet(network);

    private VethEnds FindOrCreate(NetworkPlan network, NetworkNamespace dns, RouteNetlink inside, uint port)
    {
        string name = HostLinkOf(network.Id);
        if (host.Changes.FindLink(name) is { } outer)
        {
            if (instance.MarkOf(outer) is not null && outer.LinkedNamespaceId is { } id && id == host.Changes.FindNamespaceId(dns))
            {
                var found = new VethEnds(outer.Index, outer.LinkedIndex!.Value);
                HostSide.Equip(host, virtualSwitch, found.Host, port, network.Mtu);
                inside.SetLink(found.Inside, new LinkChange { Mtu = (uint)network.Mtu });
                return found;
            }
            host.Deletions.DeleteLink(outer.Index);
        }
        // A network deleted earlier may have had the number, and its link may still be there.
        inside.DeleteLink(InterfaceOf(network.Number));
        VethEnds made = _veths.Create(name, InterfaceOf(network.Number), network.GatewayMac, network.Mtu, dns);
        try
        {
            _veths.Finish(made, instance.Mark(LinkKind.Resolver, network.Id), port);
            return made;
        }
        catch (LinuxException)
        {
            // Without its mark nobody would know it again before the next start.
            host.Deletions.DeleteLink(made.Host);
            throw;
        }
    }

    /// <summary>
    /// Networks may overlap, so their routes differ by metric, and a socket bound to one of the interfaces finds that one's. Nobody is
    /// asked for MACs: whatever is sent goes to the switch, which knows the endpoints.
    /// </summary>
    private static void ConfigureInside(NetworkPlan network, RouteNetlink inside, int link)
    {
        var batch = new RouteBatch();
        HostSide.KeepSilent(batch, link);
        foreach (InterfaceAddress address in inside.ListAddresses(link).Where(address => !network.Gateways.Any(gateway => gateway.Address.Equals(address.Address))))
            batch.DeleteAddress(address);
        foreach (EndpointAddress gateway in network.Gateways)
            batch.ReplaceAddress(KernelAddresses.Of(new EndpointAddress(gateway.Address, IsV6(gateway.Address) ? 128 : 32), link));
        batch.SetLink(link, new LinkChange { Up = true, Arp = false });
        foreach (IPNetwork subnet in network.Subnets)
        {
            IPAddress? source = network.Gateways.FirstOrDefault(gateway => subnet.Contains(gateway.Address))?.Address;
            if (source is not null)
                batch.ReplaceRoute(new Route { Destination = subnet, LinkIndex = link, PreferredSource = source, Metric = network.Number, Protocol = Instance.Protocol });
        }
        inside.Execute(batch);
        // The kernel has taken IPv4 routes away with their source address, and left those of IPv6.
        foreach (Route stale in inside.ListRoutes(new RouteFilter { Table = RouteTable.Main, LinkIndex = link }).Where(route => route.Protocol == Instance.Protocol && !network.Subnets.Contains(route.Destination)))
            inside.DeleteRoute(stale);
    }

    private static PortRow RowOf(NetworkPlan network, int hostLink) => new()
    {
        Flags = PortFlags.Live | PortFlags.Resolver,
        Generation = 1,
        Network = network.Number,
        Ifindex = (uint)hostLink,
        Address4 = PortTable.First(network.Gateways, AddressFamily.InterNetwork),
        Address6 = PortTable.First(network.Gateways, AddressFamily.InterNetworkV6),
        Mac = new MacBytes(network.GatewayMac),
        Mtu = (ushort)network.Mtu,
    };

    private static bool IsV6(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6;
}
