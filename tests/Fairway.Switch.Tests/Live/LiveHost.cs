using System.Net;
using System.Net.Sockets;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Linux.Bpf;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;
using Fairway.Linux.Sysctl;
using Fairway.Linux.Tc;
using Fairway.Model.Addressing;
using Fairway.Switch.Tests.Fixtures;
using LinuxMac = Fairway.Linux.MacAddress;

namespace Fairway.Switch.Tests.Live;

/// <summary>
/// A host with the programs attached to real devices, where packets really travel. Indices and addresses are those of the scene, so its tables fit:
/// <code>
///   A, B      namespaces behind veth pairs
///   C         a tap, as of a virtual machine
///   Lan       a tap whose far end stands for everything outside
/// </code>
/// </summary>
public sealed class LiveHost : IDisposable
{
    private const ushort Preference = 1;
    private const uint Handle = 1;

    private readonly NetworkNamespace _host = NetworkNamespace.CreateAnonymous();
    private readonly Dictionary<uint, NetworkNamespace> _endpoints = [];
    private readonly RouteNetlink _route;
    private readonly int _lanLink;
    private readonly int _machineLink;

    public LiveHost()
    {
        _route = RouteNetlink.Open(_host);
        _host.SetLoopbackUp();
        Machine = new TapWire("machine", _host);
        Lan = new TapWire("lan", _host);
        _machineLink = _route.GetLink("machine").Index;
        _lanLink = _route.GetLink("lan").Index;
        var scene = new Scene(Switch);
        AddHostLink();
        AddLan();
        Attach(scene.A);
        Attach(scene.B);
        SetUp(_machineLink, new MacAddress(0x0200_00CC_0001), 1500);
        AddFilter(_machineLink, TrafficDirection.Ingress, Switch.FromEndpoint, scene.C.Port);
    }

    internal SwitchUnderTest Switch { get; } = new();

    /// <summary>What C sends and receives.</summary>
    internal TapWire Machine { get; }

    /// <summary>What the outside sends and receives.</summary>
    internal TapWire Lan { get; }

    /// <summary>The scene's tables, fitted to the devices here. Every filter carries its class id, so the table of links is left out.</summary>
    internal Scene NewScene()
    {
        var scene = new Scene(Switch);
        scene.Open(scene.C with { Link = _machineLink, Flags = PortFlags.Live | PortFlags.LinkLayer });
        scene.Open(TestUplink.Lan with { Link = _lanLink });
        foreach ((uint link, _) in scene.Maps.Links.Enumerate().ToList())
            scene.Maps.Links.Remove(link);
        Machine.ReadAllThatCame();
        Lan.ReadAllThatCame();
        return scene;
    }

    /// <summary>Says how large a packet the switch sends out; the device takes more.</summary>
    internal void SetLanMtu(Scene scene, uint mtu) => scene.Maps.Uplinks.Set((uint)_lanLink, (TestUplink.Lan with { Mtu = mtu }).ToRow());

    internal uint LanLink => (uint)_lanLink;

    /// <summary>Whether the host forwards what comes in by a device.</summary>
    internal void SetForwarding(string link, bool on) => new KernelSettings(_host).Write(SysctlName.OfLink(AddressFamily.InterNetwork, link, "forwarding"), on ? 1 : 0);

    internal Socket OpenHostSocket(bool version6, SocketType type) => Open(_host, version6, type);

    internal Socket OpenSocket(TestEndpoint endpoint, bool version6, SocketType type) => Open(_endpoints[endpoint.Port], version6, type);

    public void Dispose()
    {
        _route.Dispose();
        foreach (NetworkNamespace endpoint in _endpoints.Values)
            endpoint.Dispose();
        _host.Dispose();
        Machine.Dispose();
        Lan.Dispose();
        Switch.Dispose();
    }

    private void AddHostLink()
    {
        _route.CreateLink(new BridgeSpec { Name = "fw-web", Index = HostNamespace.WebLink });
        SetUp(HostNamespace.WebLink, TestNetwork.Web.GatewayMac, TestNetwork.Mtu);
        _route.SetLink(HostNamespace.WebLink, new LinkChange { Arp = false });
        AddAddress(_route, HostNamespace.WebLink, TestNetwork.Web.Gateway4, 24);
        AddAddress(_route, HostNamespace.WebLink, TestNetwork.Web.Gateway6, 64);
        var settings = new KernelSettings(_host);
        foreach (AddressFamily family in new[] { AddressFamily.InterNetwork, AddressFamily.InterNetworkV6 })
            settings.Write(SysctlName.OfLink(family, "fw-web", "forwarding"), 1);
        AddFilter(HostNamespace.WebLink, TrafficDirection.Egress, Switch.ToEndpoints, TestNetwork.Web.Number);
    }

    private void AddLan()
    {
        SetUp(_lanLink, TestUplink.Lan.Mac, 1500);
        foreach ((IPAddress own, IPAddress router, int prefix, string everywhere) in new[]
        {
            (TestUplink.Lan.V4!, IPAddress.Parse("192.0.2.1"), 24, "0.0.0.0/0"), (TestUplink.Lan.V6!, IPAddress.Parse("2001:db8:2::1"), 48, "::/0"),
        })
        {
            AddAddress(_route, _lanLink, own, prefix);
            _route.AddNeighbour(new Neighbour { LinkIndex = _lanLink, Address = router, Mac = new LinuxMac(TestUplink.RouterMac.Value) });
            _route.AddRoute(new Route { Destination = IPNetwork.Parse(everywhere), Gateway = router, LinkIndex = _lanLink });
        }
        AddFilter(_lanLink, TrafficDirection.Ingress, Switch.FromUplink, SwitchLimits.UplinkEthernet);
    }

    /// <summary>As the daemon does: a veth pair whose far end is born in the endpoint's namespace.</summary>
    private void Attach(TestEndpoint endpoint)
    {
        NetworkNamespace there = NetworkNamespace.CreateAnonymous();
        _endpoints.Add(endpoint.Port, there);
        var peer = new VethPeerSpec { Name = "eth0", Index = 2, Namespace = there, Mac = new LinuxMac(endpoint.Mac.Value) };
        _route.CreateLink(new VethSpec { Name = $"port{endpoint.Port}", Index = endpoint.Link, Peer = peer });
        SetUp(endpoint.Link, new MacAddress(0x0200_00CC_0100ul + endpoint.Port), TestNetwork.Mtu);
        using RouteNetlink route = RouteNetlink.Open(there);
        route.SetLink("eth0", new LinkChange { AddressGeneration = AddressGenerationMode.None, Up = true });
        AddAddress(route, 2, endpoint.V4, 24);
        AddAddress(route, 2, endpoint.V6, 64);
        route.AddRoute(new Route { Destination = IPNetwork.Parse("0.0.0.0/0"), Gateway = TestNetwork.Web.Gateway4 });
        route.AddRoute(new Route { Destination = IPNetwork.Parse("::/0"), Gateway = TestNetwork.Web.Gateway6, LinkIndex = 2 });
        AddFilter(endpoint.Link, TrafficDirection.Ingress, Switch.FromEndpoint, endpoint.Port);
    }

    private void SetUp(int link, MacAddress mac, uint mtu)
        => _route.SetLink(link, new LinkChange { AddressGeneration = AddressGenerationMode.None, Mac = new LinuxMac(mac.Value), Mtu = mtu, Up = true });

    private void AddFilter(int link, TrafficDirection direction, BpfProgram program, uint classId)
    {
        _route.AddClsact(link);
        _route.AddBpfFilter(new BpfFilterSpec { LinkIndex = link, Direction = direction, Preference = Preference, Handle = Handle, Program = program, ClassId = classId });
    }

    private static void AddAddress(RouteNetlink route, int link, IPAddress address, int prefixLength)
        => route.AddAddress(new InterfaceAddress { LinkIndex = link, Address = address, PrefixLength = prefixLength, Flags = AddressFlags.NoDad });

    private static Socket Open(NetworkNamespace networkNamespace, bool version6, SocketType type)
    {
        Socket socket = networkNamespace.OpenManagedSocket(version6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork, type);
        socket.ReceiveTimeout = socket.SendTimeout = 10_000;
        return socket;
    }
}
