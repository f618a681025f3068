using System.Net;
using Fairway.Linux.Bpf;
using Fairway.Linux.Events;
using Fairway.Linux.Routing;
using Fairway.Linux.Tc;
using Fairway.Linux.Tests.Bpf;
using Fairway.Linux.Tests.Fixtures;

namespace Fairway.Linux.Tests.Events;

public sealed class RouteListenerTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly TestNamespace _here = new();

    public void Dispose() => _here.Dispose();

    [Fact]
    public async Task Receive_LinkMadeChangedAndDeleted_TellsEach()
    {
        using RouteListener listener = Listen(RouteGroups.Links);
        _here.Route.CreateLink(new VethSpec { Name = "a", Peer = new VethPeerSpec { Name = "b" } });
        await Expect<Link>(listener, RouteEventKind.Changed, link => link.Name == "a");

        _here.Route.SetLink("a", new LinkChange { Mtu = 1300 });
        await Expect<Link>(listener, RouteEventKind.Changed, link => link is { Name: "a", Mtu: 1300 });

        _here.Route.DeleteLink("b");
        await Expect<Link>(listener, RouteEventKind.Removed, link => link.Name == "a");
    }

    [Fact]
    public async Task Receive_PortLeavesABridge_IsNoRemovalOfTheLink()
    {
        _here.Route.CreateLink(new BridgeSpec { Name = "br0" });
        _here.Route.CreateLink(new VethSpec { Name = "a", Master = _here.Route.GetLink("br0").Index, Peer = new VethPeerSpec { Name = "b" } });
        using RouteListener listener = Listen(RouteGroups.Links);

        _here.Route.SetLink("a", new LinkChange { Master = 0 });
        _here.Route.SetLink("a", new LinkChange { Mtu = 1301 });

        await Expect<Link>(listener, RouteEventKind.Changed, link => link is { Name: "a", Mtu: 1301 }, other => Assert.NotEqual(RouteEventKind.Removed, other.Kind));
    }

    [Fact]
    public async Task Receive_EverythingElse_IsTold()
    {
        _here.Namespace.SetLoopbackUp();
        _here.Route.CreateLink(new VethSpec { Name = "a", Up = true, Peer = new VethPeerSpec { Name = "b" } });
        int link = _here.Route.GetLink("a").Index;
        using BpfProgram program = BpfProgramTests.Load(BpfProgramTests.Move(0, 0), BpfProgramTests.Exit);
        using RouteListener listener = Listen(RouteGroups.All);
        var address = new InterfaceAddress { LinkIndex = link, Address = IPAddress.Parse("10.7.0.1"), PrefixLength = 24 };
        var neighbour = new Neighbour { LinkIndex = link, Address = IPAddress.Parse("10.7.0.9"), Mac = MacAddress.Parse("02:00:00:00:00:09") };
        var filter = new BpfFilterSpec { LinkIndex = link, Direction = TrafficDirection.Ingress, Preference = 3, Handle = 4, Program = program };

        _here.Route.AddAddress(address);
        await Expect<InterfaceAddress>(listener, RouteEventKind.Changed, item => item.Address.Equals(address.Address));
        await Expect<Route>(listener, RouteEventKind.Changed, route => route.Type == RouteType.Local);
        _here.Route.AddNeighbour(neighbour);
        await Expect<Neighbour>(listener, RouteEventKind.Changed, item => item.Mac == neighbour.Mac);
        _here.Route.AddRule(new RoutingRule { Family = System.Net.Sockets.AddressFamily.InterNetwork, Priority = 77, Table = 100 });
        await Expect<RoutingRule>(listener, RouteEventKind.Changed, rule => rule.Priority == 77);
        _here.Route.AddClsact(link);
        await Expect<Qdisc>(listener, RouteEventKind.Changed, qdisc => qdisc.Kind == "clsact");
        _here.Route.AddBpfFilter(filter);
        await Expect<TcFilter>(listener, RouteEventKind.Changed, item => item.Handle == 4);
        _here.Route.DeleteBpfFilter(filter);
        await Expect<TcFilter>(listener, RouteEventKind.Removed, item => item.Handle == 4);
        _here.Route.DeleteAddress(address);
        await Expect<InterfaceAddress>(listener, RouteEventKind.Removed, item => item.Address.Equals(address.Address));
    }

    [Fact]
    public async Task Receive_BufferOverrun_SaysLostAndGoesOn()
    {
        using var listener = RouteListener.Open(RouteGroups.Links, _here.Namespace, receiveBuffer: 1024);
        for (int i = 0; i < 50; i++)
            _here.Route.CreateLink(new VethSpec { Name = $"a{i}", Peer = new VethPeerSpec { Name = $"b{i}" } });

        List<RouteEvent> events = [];
        while (!events.Contains(RouteEvent.Lost))
            events.AddRange(await Receive(listener));

        _here.Route.SetLink("a0", new LinkChange { Mtu = 1234 });
        await Expect<Link>(listener, RouteEventKind.Changed, link => link.Mtu == 1234);
    }

    [Fact]
    public async Task Receive_CancelledOrDisposed_Ends()
    {
        RouteListener listener = Listen(RouteGroups.Links);
        using var stop = new CancellationTokenSource();
        Task<IReadOnlyList<RouteEvent>> waiting = listener.ReceiveAsync(stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(s_patience, TestContext.Current.CancellationToken));

        waiting = listener.ReceiveAsync(TestContext.Current.CancellationToken).AsTask();
        listener.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting.WaitAsync(s_patience, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => listener.ReceiveAsync(TestContext.Current.CancellationToken).AsTask());
    }

    [Fact]
    public async Task Receive_InANamespace_HearsOfThatOneOnly()
    {
        using var other = new TestNamespace();
        using RouteListener listener = Listen(RouteGroups.Links);

        other.Route.CreateLink(new BridgeSpec { Name = "there" });
        _here.Route.CreateLink(new BridgeSpec { Name = "here" });

        await Expect<Link>(listener, RouteEventKind.Changed, link => link.Name == "here", e => Assert.False(e.Subject is Link { Name: "there" }));
    }

    private RouteListener Listen(RouteGroups groups) => RouteListener.Open(groups, _here.Namespace);

    private static Task<IReadOnlyList<RouteEvent>> Receive(RouteListener listener)
        => listener.ReceiveAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(s_patience, TestContext.Current.CancellationToken);

    private static async Task Expect<T>(RouteListener listener, RouteEventKind kind, Predicate<T> condition, Action<RouteEvent>? others = null)
    {
        while (true)
        {
            foreach (RouteEvent e in await Receive(listener))
            {
                others?.Invoke(e);
                if (e.Kind == kind && e.Subject is T subject && condition(subject))
                    return;
            }
        }
    }
}
