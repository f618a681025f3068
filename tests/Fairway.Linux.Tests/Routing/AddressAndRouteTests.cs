using System.Net;
using System.Net.Sockets;
using Fairway.Linux.Routing;
using Fairway.Linux.Sysctl;
using Fairway.Linux.Tests.Fixtures;

namespace Fairway.Linux.Tests.Routing;

public sealed class AddressAndRouteTests : IDisposable
{
    private const RouteProtocol Ours = (RouteProtocol)177;

    private readonly TestNamespace _here = new();
    private readonly int _link;

    public AddressAndRouteTests()
    {
        _here.Route.CreateLink(new VethSpec { Name = "a", Up = true, Peer = new VethPeerSpec { Name = "b" } });
        _here.Route.SetLink("b", new LinkChange { Up = true });
        _link = _here.Route.GetLink("a").Index;
        // A namespace without any address has no local table, and IPv4 then refuses every on-link gateway.
        _here.Namespace.SetLoopbackUp();
    }

    private RouteNetlink Route => _here.Route;

    public void Dispose() => _here.Dispose();

    [Theory]
    [InlineData("10.1.0.1", 24)]
    [InlineData("fd00::1", 64)]
    public void AddAddress_ListAndDelete_RoundTrip(string text, int prefix)
    {
        var address = new InterfaceAddress
        {
            LinkIndex = _link,
            Address = IPAddress.Parse(text),
            PrefixLength = prefix,
            Flags = AddressFlags.NoDad | AddressFlags.NoPrefixRoute,
        };

        Route.AddAddress(address);

        InterfaceAddress listed = Assert.Single(Route.ListAddresses(_link), a => a.Address.Equals(address.Address));
        Assert.Equal(prefix, listed.PrefixLength);
        Assert.True(listed.Flags.HasFlag(AddressFlags.NoPrefixRoute | AddressFlags.Permanent));
        Assert.False(listed.Flags.HasFlag(AddressFlags.Tentative));
        Assert.Equal(Errno.EEXIST, Assert.Throws<LinuxException>(() => Route.AddAddress(address)).Errno);
        Route.ReplaceAddress(address);
        Assert.True(Route.DeleteAddress(address));
        Assert.False(Route.DeleteAddress(address));
        Assert.DoesNotContain(Route.ListAddresses(), a => a.Address.Equals(address.Address));
    }

    [Fact]
    public void AddAddress_WithPeerBroadcastAndLabel_KeepsThem()
    {
        var address = new InterfaceAddress
        {
            LinkIndex = _link,
            Address = IPAddress.Parse("10.1.0.1"),
            PrefixLength = 32,
            Peer = IPAddress.Parse("10.1.0.2"),
            Broadcast = IPAddress.Parse("10.1.0.255"),
            Label = "a:x",
            Scope = RouteScope.Link,
            Flags = AddressFlags.Permanent,
        };

        Route.AddAddress(address);

        Assert.Equal(address, Assert.Single(Route.ListAddresses(_link), a => a.Address.AddressFamily == AddressFamily.InterNetwork));
    }

    [Fact]
    public void AddAddress_NoSuchLink_ThrowsEnodev()
    {
        var address = new InterfaceAddress { LinkIndex = 4711, Address = IPAddress.Loopback, PrefixLength = 8 };

        Assert.Equal(Errno.ENODEV, Assert.Throws<LinuxException>(() => Route.AddAddress(address)).Errno);
        Assert.False(Route.DeleteAddress(address));
        Assert.Empty(Route.ListAddresses(4711));
    }

    [Theory]
    [InlineData("10.9.0.0/16", "10.1.0.254")]
    [InlineData("0.0.0.0/0", "10.1.0.254")]
    [InlineData("fd09::/32", "fd00::ff")]
    [InlineData("::/0", "fd00::ff")]
    [InlineData("10.9.0.0/16", "fd00::ff")]
    public void AddRoute_OnLinkGateway_RoundTrips(string destination, string gateway)
    {
        var route = new Route
        {
            Destination = IPNetwork.Parse(destination),
            Gateway = IPAddress.Parse(gateway),
            LinkIndex = _link,
            OnLink = true,
            Table = 1000,
            Protocol = Ours,
            Metric = 5,
            Mtu = 1300,
        };

        Route.AddRoute(route);

        Route listed = Assert.Single(Route.ListRoutes(new RouteFilter { Table = 1000, Protocol = Ours }));
        Assert.Equal(route with { Scope = listed.Scope, NextHops = listed.NextHops }, listed);
        Assert.Equal(Errno.EEXIST, Assert.Throws<LinuxException>(() => Route.AddRoute(route)).Errno);
        Route.ReplaceRoute(route with { Mtu = 1280 });
        Assert.Equal(1280u, Assert.Single(Route.ListRoutes(new RouteFilter { LinkIndex = _link, Table = 1000 })).Mtu);
        Assert.True(Route.DeleteRoute(route with { Mtu = null }));
        Assert.False(Route.DeleteRoute(route with { Mtu = null }));
        Assert.Empty(Route.ListRoutes(new RouteFilter { Table = 1000 }));
    }

    [Fact]
    public void AddRoute_GatewayUnreachable_CarriesTheKernelsExplanation()
    {
        var route = new Route { Destination = IPNetwork.Parse("10.9.0.0/16"), Gateway = IPAddress.Parse("10.77.0.1") };

        var error = Assert.Throws<LinuxException>(() => Route.AddRoute(route));

        Assert.Equal(Errno.ENETUNREACH, error.Errno);
        Assert.False(string.IsNullOrEmpty(error.ExtendedAck));
        Assert.Contains("add route '10.9.0.0/16 via 10.77.0.1'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RouteType.Blackhole)]
    [InlineData(RouteType.Unreachable)]
    [InlineData(RouteType.Prohibit)]
    public void AddRoute_RefusingTypes_AreListedAsSuch(RouteType type)
    {
        Route.AddRoute(new Route { Destination = IPNetwork.Parse("10.8.0.0/16"), Type = type, Protocol = Ours });
        Route.AddRoute(new Route { Destination = IPNetwork.Parse("fd08::/16"), Type = type, Protocol = Ours });

        Assert.Equal([type, type], Route.ListRoutes(new RouteFilter { Protocol = Ours }).Select(route => route.Type));
    }

    [Fact]
    public void AddRoute_TwoNextHops_KeepsLinksGatewaysAndWeights()
    {
        int other = Route.GetLink("b").Index;
        NextHop[] hops =
        [
            new NextHop(_link, IPAddress.Parse("10.1.0.2"), 3, OnLink: true),
            new NextHop(other, IPAddress.Parse("10.2.0.2"), 1, OnLink: true),
        ];

        Route.AddRoute(new Route { Destination = IPNetwork.Parse("10.9.0.0/16"), NextHops = hops });

        Assert.Equal(hops, Assert.Single(Route.ListRoutes(new RouteFilter { LinkIndex = other }), r => r.NextHops.Count > 0).NextHops);
        Assert.Contains("weight 3", _here.Exec("ip", "route", "show", "10.9.0.0/16"), StringComparison.Ordinal);
    }

    [Fact]
    public void GetRoute_WithPrefixRoute_TellsLinkAndSource()
    {
        Route.AddAddress(new InterfaceAddress { LinkIndex = _link, Address = IPAddress.Parse("10.1.0.1"), PrefixLength = 24 });

        Route route = Route.GetRoute(IPAddress.Parse("10.1.0.99"));

        Assert.Equal((_link, IPAddress.Parse("10.1.0.1"), RouteTable.Main), (route.LinkIndex, route.PreferredSource, route.Table));
        Assert.Equal(Errno.ENETUNREACH, Assert.Throws<LinuxException>(() => Route.GetRoute(IPAddress.Parse("192.0.2.1"))).Errno);
    }

    [Theory]
    [InlineData("10.1.0.0/24", "10.1.0.99", "10.2.0.7", "10.3.0.1")]
    [InlineData("fd00:1::/64", "fd00:1::99", "fd00:2::7", "fd00:3::1")]
    public void GetForwardingRoute_GoesByTheLinkThePacketCameInBy(string inside, string source, string destination, string nowhere)
    {
        IPAddress from = IPAddress.Parse(source);
        int other = Route.GetLink("b").Index;
        Route.AddAddress(new InterfaceAddress { LinkIndex = _link, Address = IPNetwork.Parse(inside).BaseAddress, PrefixLength = IPNetwork.Parse(inside).PrefixLength, Flags = AddressFlags.NoDad });
        _here.Exec("ip", "route", "add", destination, "dev", "b");
        // Another table for what comes in by the link, as policy routing does it.
        string family = from.AddressFamily == AddressFamily.InterNetwork ? "-4" : "-6";
        _here.Exec("ip", family, "rule", "add", "iif", "a", "lookup", "77");
        _here.Exec("ip", "route", "add", nowhere, "dev", "b", "table", "77");
        new KernelSettings(_here.Namespace).Write(SysctlName.OfLink(from.AddressFamily, "a", "forwarding"), 1);

        Assert.Equal(other, Route.GetForwardingRoute(IPAddress.Parse(nowhere), from, _link).LinkIndex);
        Assert.Equal(other, Route.GetForwardingRoute(IPAddress.Parse(destination), from, _link).LinkIndex);
        Assert.Throws<LinuxException>(() => Route.GetRoute(IPAddress.Parse(nowhere)));
    }

    [Fact]
    public void AddRule_ListAndDelete_RoundTrip()
    {
        var rule = new RoutingRule
        {
            Family = AddressFamily.InterNetwork,
            Priority = 99,
            Source = IPNetwork.Parse("10.1.0.0/24"),
            Destination = IPNetwork.Parse("10.2.0.0/16"),
            Mark = 0x10,
            MarkMask = 0xF0,
            InputLink = "a",
            Table = 1000,
            SuppressPrefixLength = 0,
            Protocol = Ours,
        };

        Route.AddRule(rule);

        Assert.Equal(rule, Assert.Single(Route.ListRules(), r => r.Protocol == Ours));
        Assert.Equal(Errno.EEXIST, Assert.Throws<LinuxException>(() => Route.AddRule(rule)).Errno);
        Assert.True(Route.DeleteRule(rule));
        Assert.False(Route.DeleteRule(rule));
        Assert.Equal(3, Route.ListRules(AddressFamily.InterNetwork).Count);
    }

    [Theory]
    [InlineData("10.1.0.7")]
    [InlineData("fd00::7")]
    public void AddNeighbour_Permanent_RoundTrips(string address)
    {
        var neighbour = new Neighbour
        {
            LinkIndex = _link,
            Address = IPAddress.Parse(address),
            Mac = MacAddress.Parse("02:00:00:00:00:07"),
            Protocol = Ours,
        };

        Route.AddNeighbour(neighbour);

        Assert.Equal(neighbour, Assert.Single(Route.ListNeighbours(_link), n => n.Protocol == Ours));
        Assert.Equal(Errno.EEXIST, Assert.Throws<LinuxException>(() => Route.AddNeighbour(neighbour)).Errno);
        MacAddress other = MacAddress.Parse("02:00:00:00:00:08");
        Route.ReplaceNeighbour(neighbour with { Mac = other });
        Assert.Equal(other, Assert.Single(Route.ListNeighbours(family: neighbour.Address.AddressFamily), n => n.Protocol == Ours).Mac);
        Assert.True(Route.DeleteNeighbour(neighbour));
        Assert.False(Route.DeleteNeighbour(neighbour));
    }
}
