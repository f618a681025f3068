using System.Net;
using System.Net.Sockets;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;
using Fairway.Linux.Sysctl;
using Fairway.Model.Addressing;

namespace Fairway.Switch.Tests.Fixtures;

/// <summary>
/// A namespace that stands for the host: its routes, addresses and sockets are what the switch asks the kernel for. Without a name, so that it goes
/// with the process. Every link is a bridge without ports, which every kernel has and which comes up; nothing is ever sent through one.
/// </summary>
internal sealed class HostNamespace : IDisposable
{
    public const int WebLink = 11;
    public const int BlueLink = 12;
    public const int InsideLink = 13;
    public const int LanLink = 21;
    public const int SecondLink = 22;
    public const int BareLink = 23;

    /// <summary>Neither an uplink nor the switch's: 172.30.0.0/16 and 2001:db8:30::/48.</summary>
    public const int StrangeLink = 24;

    /// <summary>The link of port N is this plus N.</summary>
    public const int FirstPortLink = 100;

    /// <summary>The link of the resolver of network N is this plus N.</summary>
    public const int FirstResolverLink = 200;

    private const int PortLinks = 12;
    private const int ResolverLinks = 4;

    public static readonly MacAddress BareMac = new(0x0200_5E10_0003);

    [ThreadStatic]
    private static HostNamespace? s_inside;

    private readonly NetworkNamespace _namespace = NetworkNamespace.CreateAnonymous();
    private readonly RouteNetlink _route;

    public HostNamespace()
    {
        _route = RouteNetlink.Open(_namespace);
        _namespace.SetLoopbackUp();
        foreach (TestNetwork network in TestNetwork.All.Where(network => network.HostLink != 0))
            AddHostLink(network);
        AddUplinks();
        AddLink("strange", StrangeLink, new MacAddress(0x0200_5E10_0004));
        AddRoutes();
        for (int i = 1; i <= PortLinks; i++)
            AddLink($"port{i}", FirstPortLink + i, mac: null);
        for (int i = 1; i <= ResolverLinks; i++)
            AddLink($"resolver{i}", FirstResolverLink + i, mac: null);
    }

    /// <summary>Every address of the host but those of the loopback.</summary>
    public static IEnumerable<IPAddress> Addresses =>
    [
        .. TestNetwork.All.Where(network => network.HostLink != 0).SelectMany(network => new[] { network.Gateway4, network.Gateway6 }),
        .. TestUplink.All.SelectMany(uplink => new[] { uplink.V4, uplink.V6 }).OfType<IPAddress>(),
    ];

    /// <summary>Runs inside the namespace. Going there takes longer than a packet does, so many packets better go in one call.</summary>
    public T Run<T>(Func<T> action)
    {
        if (s_inside == this)
            return action();
        return _namespace.Run(() =>
        {
            s_inside = this;
            try
            {
                return action();
            }
            finally
            {
                s_inside = null;
            }
        });
    }

    public void Run(Action action) => Run(() =>
    {
        action();
        return true;
    });

    /// <summary>A socket of one of the host's own processes.</summary>
    public Socket OpenSocket(AddressFamily family, SocketType type) => _namespace.OpenManagedSocket(family, type);

    public void SetMac(int link, ReadOnlySpan<byte> mac) => _route.SetLink(link, new LinkChange { Mac = new Fairway.Linux.MacAddress(mac) });

    public void AddRoute(string prefix, int link) => _route.AddRoute(new Route { Destination = IPNetwork.Parse(prefix), LinkIndex = link });

    public void DeleteRoute(string prefix, int link) => _route.DeleteRoute(new Route { Destination = IPNetwork.Parse(prefix), LinkIndex = link });

    public void Dispose()
    {
        _route.Dispose();
        _namespace.Dispose();
    }

    private void AddHostLink(TestNetwork network)
    {
        string name = $"fw-{network.Number}";
        AddLink(name, network.HostLink, network.GatewayMac);
        AddAddress(network.HostLink, network.Gateway4, 24);
        AddAddress(network.HostLink, network.Gateway6, 64);
        // bpf_fib_lookup refuses devices that do not forward.
        var settings = new KernelSettings(_namespace);
        settings.Write(SysctlName.OfLink(AddressFamily.InterNetwork, name, "forwarding"), 1);
        settings.Write(SysctlName.OfLink(AddressFamily.InterNetworkV6, name, "forwarding"), 1);
    }

    private void AddUplinks()
    {
        foreach (TestUplink uplink in TestUplink.All)
        {
            AddLink($"up{uplink.Link}", uplink.Link, uplink.Mac);
            if (uplink.V4 is { } v4)
                AddAddress(uplink.Link, v4, 24);
            if (uplink.V6 is { } v6)
                AddAddress(uplink.Link, v6, 48);
        }
    }

    private void AddRoutes()
    {
        _route.AddRoute(new Route { Destination = IPNetwork.Parse("0.0.0.0/0"), Gateway = IPAddress.Parse("192.0.2.1") });
        _route.AddRoute(new Route { Destination = IPNetwork.Parse("::/0"), Gateway = IPAddress.Parse("2001:db8:2::1") });
        AddRoute("2001:db8:51::/48", SecondLink);
        // Clients behind the bare uplink; see BareUplink for the odd prefixes.
        AddRoute("8.0.0.0/16", BareLink);
        AddRoute("2001:db8:86dd::/48", BareLink);
        AddRoute("172.30.0.0/16", StrangeLink);
        AddRoute("2001:db8:30::/48", StrangeLink);
        foreach ((int number, RouteType type) in new[] { (0, RouteType.Prohibit), (1, RouteType.Unreachable), (2, RouteType.Blackhole), (3, RouteType.Throw) })
        {
            _route.AddRoute(new Route { Destination = IPNetwork.Parse($"10.20{number}.0.0/16"), Type = type });
            _route.AddRoute(new Route { Destination = IPNetwork.Parse($"2001:db8:20{number}::/48"), Type = type });
        }
    }

    private void AddLink(string name, int index, MacAddress? mac)
    {
        _route.CreateLink(new BridgeSpec { Name = name, Index = index, Mac = mac is { } given ? new Fairway.Linux.MacAddress(given.Value) : null });
        _route.SetLink(index, new LinkChange { AddressGeneration = AddressGenerationMode.None, Up = true });
    }

    private void AddAddress(int link, IPAddress address, int prefixLength)
        => _route.AddAddress(new InterfaceAddress { LinkIndex = link, Address = address, PrefixLength = prefixLength, Flags = AddressFlags.NoDad });
}
