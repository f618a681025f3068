using System.Net;
using Fairway.Linux.Diag;
using Fairway.Linux.Netfilter;
using Fairway.Linux.Routing;
using Fairway.Linux.Tc;
using Fairway.Linux.Tests.Fixtures;

namespace Fairway.Linux.Tests.Netlink;

/// <summary>Real answers, read without a kernel.</summary>
public sealed class RecordingTests
{
    [Fact]
    public void Links_Recorded_AreRead()
    {
        Dictionary<string, Link> links = Recording.Parse<Link>(Recording.Read("links"), Link.TryRead).ToDictionary(link => link.Name);

        Assert.Equal(["br0", "left", "lo", "right", "vx"], links.Keys.Order());
        Link left = links["left"];
        Assert.Equal(("veth", "bridge", 1400u, "first", links["br0"].Index, links["right"].Index),
            (left.Kind, left.PortKind, left.Mtu, left.Alias, left.Master, left.LinkedIndex));
        Assert.Equal(("02:00:00:00:00:01", "02:00:00:00:00:0b"), (left.Mac.ToString(), links["br0"].Mac.ToString()));
        Assert.Equal(["another-name-of-left"], left.AlternativeNames);
        Assert.Equal(OperationalState.Up, links["right"].State);
        Assert.Equal(new VxlanLink(true, 0, 4789), links["vx"].Vxlan);
        Assert.NotNull(links["lo"].Statistics);
        Assert.True(links["lo"].Flags.HasFlag(LinkFlags.Loopback));
    }

    [Fact]
    public void Addresses_Recorded_AreRead()
    {
        List<InterfaceAddress> addresses = Recording.Parse<InterfaceAddress>(Recording.Read("addresses"), InterfaceAddress.TryRead);

        Assert.Contains(addresses, address => address is { PrefixLength: 24, Label: "right", Scope: RouteScope.Universe } && address.Address.Equals(IPAddress.Parse("10.1.0.1")));
        Assert.Contains(addresses, address => address is { PrefixLength: 64 } && address.Address.Equals(IPAddress.Parse("2001:db8::1")) && address.Flags.HasFlag(AddressFlags.NoDad));
    }

    [Fact]
    public void Routes_Recorded_AreRead()
    {
        List<Route> routes = Recording.Parse<Route>(Recording.Read("routes"), Route.TryRead);

        Route plain = routes.Single(route => route.Destination == IPNetwork.Parse("10.2.0.0/16"));
        Assert.Equal((IPAddress.Parse("10.1.0.9"), (RouteProtocol)77, 5u, 1300u), (plain.Gateway, plain.Protocol, plain.Metric, plain.Mtu));
        Route several = routes.Single(route => route.Destination == IPNetwork.Parse("10.3.0.0/16"));
        Assert.Equal([("10.1.0.7", 2), ("10.1.0.8", 1)], several.NextHops.Select(hop => (hop.Gateway!.ToString(), hop.Weight)));
        Route none = routes.Single(route => route.Destination == IPNetwork.Parse("2001:db8:5::/48"));
        Assert.Equal((RouteType.Unreachable, 1000u), (none.Type, none.Table));
    }

    [Fact]
    public void Rules_Recorded_AreRead()
    {
        RoutingRule rule = Recording.Parse<RoutingRule>(Recording.Read("rules"), RoutingRule.TryRead).Single(rule => rule.Priority == 50);

        Assert.Equal((IPNetwork.Parse("10.9.0.0/16"), 1u, 3u, 1000u), (rule.Source, rule.Mark, rule.MarkMask, rule.Table));
    }

    [Fact]
    public void Neighbours_Recorded_AreRead() => Assert.Contains(
        Recording.Parse<Neighbour>(Recording.Read("neighbours"), Neighbour.TryRead),
        neighbour => neighbour.Address.Equals(IPAddress.Parse("10.1.0.9")) && neighbour.Mac == MacAddress.Parse("02:00:00:00:00:09") && neighbour.State == NeighbourState.Permanent);

    [Fact]
    public void QdiscsAndFilters_Recorded_AreRead()
    {
        Assert.Equal(["clsact", "tbf"], Recording.Parse<Qdisc>(Recording.Read("qdiscs"), Qdisc.TryRead).Select(qdisc => qdisc.Kind).Intersect(["tbf", "clsact"]).Order());
        TcFilter filter = Assert.Single(Recording.Parse<TcFilter>(Recording.Read("filters"), TcFilter.TryRead));
        Assert.Equal(("bpf", (ushort)3, 4u, 0x0001_0007u, true), (filter.Kind, filter.Preference, filter.Handle, filter.ClassId, filter.DirectAction));
        Assert.Equal(16, filter.ProgramTag!.Length);
    }

    [Fact]
    public void Chains_Recorded_AreRead() => Assert.Equal(
        [("incoming", ChainHook.Input, -10, true), ("post", ChainHook.PostRouting, 100, false)],
        Recording.Parse<BaseChain>(Recording.Read("chains"), BaseChain.TryRead).Select(chain => (chain.Name, chain.Hook, chain.Priority, chain.DropsByDefault)));

    [Fact]
    public void Sockets_Recorded_AreRead()
    {
        List<SocketEntry> sockets = Recording.Parse<SocketEntry>(Recording.Read("sockets"), Parsers.Socket);

        Assert.Equal(["127.0.0.1:8080", "[::1]:8081"], sockets.Select(socket => socket.Local.ToString()));
        Assert.Equal([false, true], sockets.Select(socket => socket.IsV6Only));
        Assert.All(sockets, socket => Assert.Equal((SocketState.Listen, 0u), (socket.State, socket.UserId)));
    }
}
