using Fairway.Dataplane.Switch.Layout;
using Fairway.Dataplane.Tests.Fixtures;
using Fairway.Engine.Plan;
using Fairway.Linux;
using Fairway.Linux.Routing;
using Fairway.Linux.Tc;
using Fairway.Linux.Tuntap;
using Fairway.Model.Endpoints;

namespace Fairway.Dataplane.Tests.Endpoints;

/// <summary>Taps of virtual machines, as the kernel has them. What passes through them is tested with the whole daemon.</summary>
public sealed class TapTests : IAsyncDisposable
{
    private static readonly TapSpec s_guest = new() { Name = "tap-vm1" };

    private readonly TestHost _host = new();
    private readonly NetworkPlan _network = Plans.Network();
    private readonly EndpointPlan _endpoint;

    public TapTests()
    {
        _host.Dataplane.Drivers.Networks.Apply([_network]);
        _endpoint = Plans.Machine(_network, 1, s_guest.Name);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public void Tap_IsRoots_Persistent_Marked_AndNoUplink()
    {
        _host.Dataplane.Drivers.Endpoints.Apply(_endpoint);
        Assert.Contains("tun type tap pi off vnet_hdr on persist on user root", Shown(), StringComparison.Ordinal);
        Link tap = _host.Route.GetLink(s_guest.Name);
        Assert.True(tap.IsUp);
        Assert.Equal(_endpoint.Id, _host.Instance.MarkOf(tap)?.Id);
        TcFilter filter = Assert.Single(_host.Route.ListFilters(tap.Index, TrafficDirection.Ingress));
        _host.Dataplane.Drivers.Uplinks.Synchronize();
        Assert.Equal(filter.Handle, Assert.Single(_host.Route.ListFilters(tap.Index, TrafficDirection.Ingress)).Handle);
        Assert.False(_host.Dataplane.Switch.Maps.Uplinks.TryGet((uint)tap.Index, out _));
        Assert.Empty(_host.Route.ListAddresses(tap.Index));
    }

    [Fact]
    public void Tap_ForAUserAGroupAndSeveralQueues_IsAsAsked()
    {
        _host.Dataplane.Drivers.Endpoints.Apply(_endpoint with { VirtualNic = new VirtualNic { User = 65534, Group = 65534, MultiQueue = true } });
        Assert.Contains("vnet_hdr on multi_queue numqueues 0", Shown(), StringComparison.Ordinal);
        Assert.Contains("user nobody group nogroup", Shown(), StringComparison.Ordinal);
    }

    [Fact]
    public void Tap_ForAGroupAlone_HasNoOwner()
    {
        _host.Dataplane.Drivers.Endpoints.Apply(_endpoint with { VirtualNic = new VirtualNic { Group = 65534 } });
        Assert.Contains("persist on group nogroup", Shown(), StringComparison.Ordinal);
    }

    [Fact]
    public void Guest_AsksForItsGateway_WithItsOwnMac()
    {
        _host.Dataplane.Drivers.Endpoints.Apply(_endpoint);
        using TapQueue guest = TapQueue.Open(s_guest, _host.Namespace);
        guest.Write(Question(from: 0x02_55_00_00_99_99));
        guest.Write(Question(from: _endpoint.MacAddress.Value));
        byte[] answer = new byte[2000];
        Assert.True(guest.Wait(TimeSpan.FromSeconds(20)));
        int length = guest.Read(answer);
        // To whom, from whom, ARP, and for which address.
        Assert.Equal(Bytes(_endpoint.MacAddress.Value), answer[10..16]);
        Assert.Equal(Bytes(_network.GatewayMac.Value), answer[16..22]);
        Assert.Equal([0x08, 0x06], answer[22..24]);
        Assert.Equal([10, 77, 0, 1], answer[38..42]);
        Assert.True(length >= 52);
        Assert.Equal(1u, (uint)_host.Dataplane.Statistics.Read(_endpoint.Port).DroppedOutgoing);
    }

    [Fact]
    public void Remove_TakesTheTapFromTheProgramBehindIt()
    {
        _host.Dataplane.Drivers.Endpoints.Apply(_endpoint);
        using TapQueue guest = TapQueue.Open(s_guest, _host.Namespace);
        _host.Dataplane.Drivers.Endpoints.Remove([_endpoint]);
        Assert.Null(_host.Route.FindLink(s_guest.Name));
        Assert.True(guest.Wait(TimeSpan.FromSeconds(20)));
        Assert.Equal(Errno.EBADFD, Assert.Throws<LinuxException>(() => guest.Read(new byte[2000])).Errno);
    }

    [Fact]
    public async Task Remove_OfATapThatAnEarlierOneCondemned_DeletesIt()
    {
        _host.Dataplane.Drivers.Endpoints.Apply(_endpoint);
        _host.Route.SetLink(_host.Route.GetLink(s_guest.Name).Index, new LinkChange { Group = _host.Instance.CondemnedGroup });
        _host.Dataplane.Drivers.Endpoints.Remove([_endpoint]);
        await Eventually.IsTrueAsync(() => _host.Route.FindLink(s_guest.Name) is null, "the tap stays");
    }

    [Fact]
    public void RenamedTap_GetsItsNameBack_AndStaysTheSameTap()
    {
        _host.Dataplane.Drivers.Endpoints.Apply(_endpoint);
        using TapQueue guest = TapQueue.Open(s_guest, _host.Namespace);
        int tap = _host.Route.GetLink(s_guest.Name).Index;
        _host.Route.SetLink(tap, new LinkChange { Up = false });
        _host.Route.SetLink(tap, new LinkChange { Name = "strange0", Mtu = 1300 });
        Assert.Empty(_host.Dataplane.Drivers.Endpoints.Observe([_endpoint]));
        _host.Dataplane.Drivers.Endpoints.Apply(_endpoint);
        Assert.Equal(tap, _host.Route.GetLink(s_guest.Name).Index);
        Assert.Equal([_endpoint.Id], _host.Dataplane.Drivers.Endpoints.Observe([_endpoint]));
        _host.Route.SetLink(tap, new LinkChange { Up = false });
        _host.Route.SetLink(tap, new LinkChange { Name = "strange0" });
        _host.Dataplane.Drivers.Endpoints.Remove([_endpoint]);
        Assert.Null(_host.Route.FindLink("strange0"));
    }

    [Fact]
    public void Limits_TowardsTheMachine_StandOnTheTap_AndAreRepaired()
    {
        EndpointPlan limited = _endpoint with { Bandwidth = new BandwidthLimits { IncomingRate = 8_000_000 } };
        _host.Dataplane.Drivers.Endpoints.Apply(limited);
        int tap = _host.Route.GetLink(s_guest.Name).Index;
        Assert.Equal("tbf", Outermost(tap));
        _host.Route.DeleteRootQdisc(tap);
        Assert.Empty(_host.Dataplane.Drivers.Endpoints.Observe([limited]));
        _host.Dataplane.Drivers.Endpoints.Apply(limited);
        Assert.Equal("tbf", Outermost(tap));
        _host.Dataplane.Drivers.Endpoints.Apply(_endpoint);
        Assert.NotEqual("tbf", Outermost(tap));
    }

    [Fact]
    public void Limits_FromTheMachine_StandInTheSwitch_AndAreRepaired()
    {
        var maps = _host.Dataplane.Switch.Maps;
        EndpointPlan limited = _endpoint with { Bandwidth = new BandwidthLimits { OutgoingRate = 8_000_000, OutgoingBurst = 800_000 } };
        _host.Dataplane.Drivers.Endpoints.Apply(limited);
        // A megabyte a second; what takes 100 ms at once, and as much as would wait in a queue.
        Assert.Equal(new LimitRow(1_000_000, 125_000_000, 0), maps.Limits.Find(limited.Port));
        Assert.True(maps.Ports.Find(limited.Port)!.Value.Flags.HasFlag(PortFlags.Limited));
        maps.Limits.Set(limited.Port, new LimitRow(5, 5, 7));
        Assert.Empty(_host.Dataplane.Drivers.Endpoints.Observe([limited]));
        _host.Dataplane.Drivers.Endpoints.Apply(limited);
        Assert.Equal(new LimitRow(1_000_000, 125_000_000, 7), maps.Limits.Find(limited.Port));
        _host.Dataplane.Drivers.Endpoints.Apply(_endpoint);
        Assert.Null(maps.Limits.Find(limited.Port));
        Assert.Equal([_endpoint.Id], _host.Dataplane.Drivers.Endpoints.Observe([_endpoint]));
        _host.Dataplane.Drivers.Endpoints.Apply(limited);
        _host.Dataplane.Drivers.Endpoints.Remove([limited]);
        Assert.Null(maps.Limits.Find(limited.Port));
    }

    private string Shown() => _host.Exec("ip", "-d", "link", "show", s_guest.Name);

    private string Outermost(int link) => _host.Route.ListQdiscs(link).Single(qdisc => qdisc.Parent == Qdisc.Root).Kind;

    /// <summary>Who has 10.77.0.1?</summary>
    private static byte[] Question(ulong from) =>
    [
        .. new byte[TapQueue.VnetHeaderLength], 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. Bytes(from), 0x08, 0x06,
        0, 1, 0x08, 0, 6, 4, 0, 1, .. Bytes(from), 10, 77, 0, 2, 0, 0, 0, 0, 0, 0, 10, 77, 0, 1,
    ];

    private static byte[] Bytes(ulong mac) => [.. Enumerable.Range(0, 6).Select(index => (byte)(mac >> (40 - 8 * index)))];
}
