using System.Net;
using System.Net.Sockets;
using Fairway.Dataplane.Host;
using Fairway.Dataplane.Links;
using Fairway.Dataplane.Marks;
using Fairway.Dataplane.Switch;
using Fairway.Engine.Plan;
using Fairway.Linux;
using Fairway.Linux.Routing;
using Fairway.Linux.Sysctl;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;

namespace Fairway.Dataplane.Networks;

/// <summary>
/// The host's own interface on a network: it carries the gateway addresses, what the host sends through it goes to endpoints, and
/// what endpoints send to the host appears to be received there. It has nothing behind it, so it needs no ARP.
/// </summary>
internal sealed class HostNic(HostNetlink host, Instance instance, VirtualSwitch virtualSwitch)
{
    private readonly KernelSettings _settings = new(host.Namespace);
    private readonly ForwardingLink _forwarding = new(host.Namespace);
    private bool _hasDummy = true;

    /// <summary>Makes the interface, or brings it to the plan, and returns its index.</summary>
    public int Apply(NetworkPlan network)
    {
        Link link = FindOrCreate(network);
        try
        {
            Configure(network, link);
            return link.Index;
        }
        catch (LinuxException) when (link.Group == instance.UnbornGroup)
        {
            // Without its mark nobody would know it again before the next start.
            host.Deletions.DeleteLink(link.Index);
            throw;
        }
    }

    private void Configure(NetworkPlan network, Link link)
    {
        if (network.Gateways.Any(gateway => gateway.Address.AddressFamily == AddressFamily.InterNetworkV6))
            AllowIpv6(link.Name);
        var batch = new RouteBatch();
        if (instance.MarkOf(link) is null)
            batch.AddAlternativeName(link.Index, instance.Mark(LinkKind.Network, network.Id).ToString());
        HostSide.KeepSilent(batch, link.Index);
        var mac = new MacAddress(network.GatewayMac.Value);
        batch.SetLink(link.Index, new LinkChange { Mac = link.Mac == mac ? null : mac, Mtu = (uint)network.Mtu, Arp = false });
        RemoveStrangeAddresses(batch, network, link);
        foreach (EndpointAddress gateway in network.Gateways)
            batch.ReplaceAddress(KernelAddresses.Of(gateway, link.Index));
        batch.AddClsact(link.Index);
        batch.ReplaceBpfFilter(virtualSwitch.NetworkFilter(link.Index, network.Number));
        batch.SetLink(link.Index, new LinkChange { Up = true, Group = 0 });
        host.Changes.Execute(batch);
        RestoreRoutes(network, link.Index);
        _forwarding.Allow(link.Name);
    }

    /// <summary>The routes to the network's prefixes that are not among the given ones.</summary>
    public static IEnumerable<Route> MissingRoutes(NetworkPlan network, int link, IEnumerable<Route> present)
        => from subnet in network.Subnets
           let gateway = network.Gateways.FirstOrDefault(gateway => subnet.Contains(gateway.Address))
           where gateway is not null && !present.Any(route => route.Destination.Equals(subnet))
           select RouteTo(subnet, gateway.Address, link);

    /// <summary>The kernel makes them with the addresses, and not again when somebody has deleted them.</summary>
    private void RestoreRoutes(NetworkPlan network, int link)
    {
        var batch = new RouteBatch();
        foreach (Route missing in MissingRoutes(network, link, host.Changes.ListRoutes(new RouteFilter { Table = RouteTable.Main, LinkIndex = link })))
            batch.ReplaceRoute(missing);
        host.Changes.Execute(batch);
    }

    /// <summary>As the kernel would make it.</summary>
    private static Route RouteTo(IPNetwork subnet, IPAddress gateway, int link)
    {
        bool isV4 = gateway.AddressFamily == AddressFamily.InterNetwork;
        return new Route { Destination = subnet, LinkIndex = link, Protocol = RouteProtocol.Kernel, PreferredSource = isV4 ? gateway : null, Metric = isV4 ? null : 256 };
    }

    private Link FindOrCreate(NetworkPlan network)
    {
        string name = network.HostLink!;
        if (host.Changes.FindLink(name) is not { } link)
        {
            if (FindRenamed(network) is { } renamed)
                Rename(renamed, name);
            else
                Create(network, name);
            return host.Changes.GetLink(name);
        }
        bool ours = instance.MarkOf(link) is { Kind: LinkKind.Network } mark ? mark.Id == network.Id : link.Group == instance.UnbornGroup;
        return ours ? link : throw new FairwayException(ErrorKind.Conflict, $"link '{name}'",
            $"create network '{network.Name}': link '{name}' of the host belongs to somebody else; rename or delete it");
    }

    private Link? FindRenamed(NetworkPlan network)
        => host.Changes.ListLinks().FirstOrDefault(link => instance.IsLive(link) && instance.MarkOf(link) is { Kind: LinkKind.Network } mark && mark.Id == network.Id);

    /// <summary>Kernels before 6.2 rename only what is down.</summary>
    private void Rename(Link link, string name)
    {
        var batch = new RouteBatch();
        batch.SetLink(link.Index, new LinkChange { Up = false });
        batch.SetLink(link.Index, new LinkChange { Name = name });
        host.Changes.Execute(batch);
    }

    /// <summary>A dummy where the kernel has it, else a bridge without ports. The MAC is there from the first, or udev would give one.</summary>
    private void Create(NetworkPlan network, string name)
    {
        var mac = new MacAddress(network.GatewayMac.Value);
        if (_hasDummy)
        {
            try
            {
                host.Changes.CreateLink(new DummySpec { Name = name, Mac = mac, Group = instance.UnbornGroup });
                return;
            }
            catch (LinuxException e) when (e.Errno == Errno.EOPNOTSUPP)
            {
                _hasDummy = false;
            }
        }
        host.Changes.CreateLink(new BridgeSpec { Name = name, Mac = mac, Group = instance.UnbornGroup, MulticastSnooping = false, SpanningTree = false });
    }

    private void RemoveStrangeAddresses(RouteBatch batch, NetworkPlan network, Link link)
    {
        foreach (InterfaceAddress address in host.Changes.ListAddresses(link.Index))
        {
            if (!network.Gateways.Any(gateway => KernelAddresses.Same(gateway, address)))
                batch.DeleteAddress(address);
        }
    }

    private void AllowIpv6(string link)
    {
        SysctlName name = SysctlName.OfLink(AddressFamily.InterNetworkV6, link, "disable_ipv6");
        if (_settings.Find(name) is { } present && present != "0")
            _settings.Write(name, 0);
    }
}
