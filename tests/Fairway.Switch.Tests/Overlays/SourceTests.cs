using System.Net;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Engine.Plan;
using Fairway.Model.Flows;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Ports;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Overlays;

/// <summary>Callers from outside of an overlay network, who come from the address of a source in it.</summary>
public sealed class SourceTests : OverlayTest
{
    // FW_FLOW_* of bpf/layout.h.
    private const uint ToHostFlag = 1024;
    private const uint SourcedFlag = 16384;

    public SourceTests(SwitchUnderTest fixture)
        : base(fixture) => Scene.Open(Source);

    private TestEndpoint Source => Scene.C with { Flags = PortFlags.Live | PortFlags.Source };

    [Fact]
    public void Call_OfTheLan_TravelsFromTheSource_AndTheAnswerLeavesFromTheVip()
    {
        Balance(false, RemoteBackend(false));

        Reading call = Scene.Receive(TestUplink.Lan, Asked(false)).Travels(Vsid).Reading;

        Assert.Equal((Source.Address(false), Remote(false), Source.Mac, RemoteMac), (call.Source, call.Destination, call.From, call.To));
        Packet answer = new(Remote(false), Source.Address(false), Segment.Udp(5353, call.SourcePort));
        Reading answered = ReceiveFromRemote(Source, answer).LeavesBy(TestUplink.Lan).Reading;
        Assert.Equal((Vip(false), Outside.Client(false), 53, 4000), (answered.Source, answered.Destination, (int)answered.SourcePort, (int)answered.DestinationPort));
    }

    /// <summary>A path that is narrower than the caller's first packet shows is told to the backend, on whatever host it is.</summary>
    [Theory, BothVersions]
    public void ErrorOfARouterOutside_ReachesTheBackend_FromTheSource(bool version6)
    {
        Packet error = new(Outside.Router(version6), Vip(version6), TooBig(version6, new Packet(Vip(version6), Outside.Client(version6), Segment.Udp(53, 4000))));
        Balance(version6, RemoteBackend(version6));
        Scene.Receive(TestUplink.Lan, Asked(version6)).Travels(Vsid);
        Reading told = Scene.Receive(TestUplink.Lan, error).Travels(Vsid).Reading;
        Assert.Equal((Source.Address(version6), Remote(version6), Source.Mac, 1280u), (told.Source, told.Destination, told.From, told.IcmpRest));

        Scene.Maps.Flows.RemoveMany([.. Scene.Flows.Select(flow => flow.Key)]);
        Balance(version6, BackendHere(version6));
        Scene.Receive(TestUplink.Lan, Asked(version6)).ReachesPort(Scene.B);
        told = Scene.Receive(TestUplink.Lan, error).ReachesPort(Scene.B).Reading;
        Assert.Equal((Source.Address(version6), Scene.B.Address(version6)), (told.Source, told.Destination));
    }

    [Theory, BothVersions]
    public void ErrorOfABackendHere_ReachesTheCaller_FromTheVip(bool version6)
    {
        Balance(version6, BackendHere(version6));
        Reading call = Scene.Receive(TestUplink.Lan, Asked(version6)).ReachesPort(Scene.B).Reading;
        Packet seen = new(Source.Address(version6), Scene.B.Address(version6), Segment.Udp(call.SourcePort, 5353));

        Reading told = Scene.Send(Scene.B, Scene.B.To(Source, version6, Segment.Icmp(version6, (byte)(version6 ? 1 : 3), (byte)(version6 ? 4 : 3), body: seen.ToBytes()))).LeavesBy(TestUplink.Lan).Reading;

        Assert.Equal((Vip(version6), Outside.Client(version6)), (told.Source, told.Destination));
        Scene.Send(Scene.B, Scene.B.To(Source, version6, Segment.Icmp(version6, 3, 1, body: seen.Segment.WithPorts(1, 2).Between(seen.Source, seen.Destination)))).IsDropped(DropReason.NoSuchEndpoint);
        Scene.Send(Scene.B, Scene.B.To(Source, version6, Segment.Udp(1, 2))).IsDropped(DropReason.NoSuchEndpoint);
    }

    [Fact]
    public void ErrorOfARouterOfTheOverlay_ReachesTheCaller_FromTheVip()
    {
        Balance(false, RemoteBackend(false));
        Reading call = Scene.Receive(TestUplink.Lan, Asked(false)).Travels(Vsid).Reading;
        Packet travelled = new(Source.Address(false), Remote(false), Segment.Udp(call.SourcePort, 5353));
        IPAddress router = TestNetwork.Web.Address(false, 0x78);
        Scene.Maps.Remotes.Set(KeyOf(router), Scene.Maps.Remotes.Find(KeyOf(Remote(false)))!.Value);

        Reading told = ReceiveFromRemote(Source, new Packet(router, Source.Address(false), TooBig(false, travelled))).LeavesBy(TestUplink.Lan).Reading;

        Assert.Equal((Vip(false), Outside.Client(false)), (told.Source, told.Destination));
    }

    [Theory, BothVersions]
    public void WithoutItsSource_NobodyFromOutsideIsServed(bool version6)
    {
        Balance(version6, RemoteBackend(version6));
        Scene.Open(Scene.C);
        Scene.Receive(TestUplink.Lan, Asked(version6)).IsDropped(DropReason.Isolated);
    }

    /// <summary>One that a socket of the host was led to on another host, whose answers come in by the tunnel.</summary>
    [Fact]
    public void ConnectionOfTheHost_GoesOn_WhileItsSourceIsOne()
    {
        Packet answer = new(Remote(false), Source.V4, Segment.Udp(5353, 4000));
        Scene.Maps.Flows.Set(
            new FlowKey { Scope = TestNetwork.Web.Number, Source = new(answer.Source), Destination = new(answer.Destination), SourcePort = Scene.Swap(5353), DestinationPort = Scene.Swap(4000), Protocol = Protocols.Udp },
            new FlowRow
            {
                Flags = Scene.ReplyFlag | ToHostFlag | SourcedFlag,
                Owner = Source.Port,
                Out = TestNetwork.Web.Number,
                Source = new(Remote(false)),
                Destination = new(TestNetwork.Web.Gateway4),
                SourcePort = Scene.Swap(5353),
                DestinationPort = Scene.Swap(4000),
                TwinScope = TestNetwork.Web.Number,
                Seen = (uint)(Environment.TickCount64 / 1000),
            });
        Scene.Maps.Usage.Set(Source.Port, new UsageRow { Flows = 1 });
        ReceiveFromRemote(Source, answer).ReachesHost(TestNetwork.Web);
        Scene.BeginEpoch();
        ReceiveFromRemote(Source, answer).ReachesHost(TestNetwork.Web);

        Scene.Open(Scene.C);
        Scene.BeginEpoch();
        ReceiveFromRemote(Source, answer).ReachesPort(Scene.C);
        Assert.Empty(Scene.Flows);
    }

    /// <summary>Its quotas are those of four endpoints: every caller of backends elsewhere is on its account.</summary>
    [Fact]
    public void Callers_MayBeAsManyAsOfFourEndpoints()
    {
        Balance(false, RemoteBackend(false));
        Scene.Configure((ref ConfigRow row) => (row.FlowQuota, row.HalfOpenQuota) = (10, 5));
        for (int caller = 1; caller <= 20; caller++)
            Scene.Receive(TestUplink.Lan, Asked(false) with { Segment = Segment.Udp(4000 + caller, 53) }).Travels(Vsid);
        Scene.Receive(TestUplink.Lan, Asked(false)).IsDropped(DropReason.HalfOpenQuota);

        Scene.Maps.Usage.Set(Source.Port, new UsageRow { Flows = 39 });
        Scene.Receive(TestUplink.Lan, Asked(false)).Travels(Vsid);
        Scene.Receive(TestUplink.Lan, Asked(false) with { Segment = Segment.Udp(3999, 53) }).IsDropped(DropReason.FlowQuota);
    }

    private static Packet Asked(bool version6) => new(Outside.Client(version6), Vip(version6), Segment.Udp(4000, 53));

    private static Segment TooBig(bool version6, Packet packet) => Segment.Icmp(version6, (byte)(version6 ? 2 : 3), (byte)(version6 ? 0 : 4), 1280, packet.ToBytes());

    private static BackendPlan RemoteBackend(bool version6) => new(Guid.NewGuid(), 0, 0, TestNetwork.Web.Number, Remote(version6));

    private BackendPlan BackendHere(bool version6)
    {
        Scene.Open(Scene.B with { Flags = PortFlags.Live | PortFlags.Published });
        return new(Guid.NewGuid(), Scene.B.Port, Scene.B.Generation, TestNetwork.Web.Number, Scene.B.Address(version6));
    }

    private void Balance(bool version6, BackendPlan backend)
        => Scene.Balance(new LoadBalancerPlan(Scene.Balancer, [new ServicePlan(Vip(version6), TransportProtocol.Udp, 53, 5353, SessionAffinity.None, Internal: false)], [backend])
        {
            Source = new SourcePlan(Guid.NewGuid(), Source.Port, Source.Generation, TestNetwork.Web.Number, Source.Address(version6)),
        });
}
