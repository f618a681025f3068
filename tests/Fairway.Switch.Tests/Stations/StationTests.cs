using System.Net;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Addressing;
using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Policies;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Stations;

/// <summary>What endpoints on a LAN send.</summary>
public sealed class StationTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    private static readonly MacAddress s_unknown = new(0);

    private static TestUplink Lan => TestUplink.Lan;

    private static byte[] FrameTo(MacAddress mac, TestEndpoint from, Packet packet) => Frame.Of(mac, from.Mac, packet);

    [Theory, BothVersions]
    public void Packet_ForTheLan_LeavesAsItIs(bool version6)
    {
        (TestEndpoint a, _) = Scene.OpenSegment(TestNetwork.OnLan());
        byte[] frame = FrameTo(TestUplink.RouterMac, a, a.To(Outside.Server(version6), Segments.Syn()) with { Hops = 1 });
        Bytes.Equal(frame, Scene.Send(a, frame).LeavesBy(Lan).Frame);
        Assert.Empty(Scene.Flows);
    }

    [Theory, BothVersions]
    public void Packet_ForTheLan_HasTheUplinksMac_WhereThereIsOne(bool version6)
    {
        (TestEndpoint a, _) = Scene.OpenSegment(TestNetwork.OnLan(NetworkFlags.OneMac));
        byte[] frame = FrameTo(TestUplink.RouterMac, a, a.To(Outside.Server(version6), Segments.Syn()));
        Bytes.Equal(frame.With(6, MacBytesOf(Lan.Mac)), Scene.Send(a, frame).LeavesBy(Lan).Frame);
    }

    [Theory, BothVersions]
    public void Packet_ForTheHost_EntersByTheUplink_FromTheEndpointsOwnMac(bool version6)
    {
        foreach (NetworkFlags kind in (NetworkFlags[])[NetworkFlags.None, NetworkFlags.OneMac])
        {
            (TestEndpoint a, _) = Scene.OpenSegment(TestNetwork.OnLan(kind));
            byte[] frame = FrameTo(Lan.Mac, a, a.To(Lan.Address(version6), Segments.Syn()));
            Outcome outcome = Scene.Send(a, frame);
            Assert.Equal((Outcome.Redirect, Verdict.Host, 5u), (outcome.Action, outcome.Verdict, outcome.Detail));
            Bytes.Equal(frame, outcome.Frame);
        }
    }

    [Theory, BothVersions]
    public void Packet_ForANeighbour_ReachesIt(bool version6)
    {
        (TestEndpoint a, TestEndpoint b) = Scene.OpenSegment(TestNetwork.OnLan(NetworkFlags.OneMac));
        Scene.Send(a, FrameTo(b.Mac, a, a.To(b, version6, Segments.Syn()))).ReachesPort(b);
    }

    [Theory, BothVersions]
    public void Packet_ForANeighbour_GoesToTheNextHop_WhereEverythingDoes(bool version6)
    {
        (TestEndpoint a, TestEndpoint b) = Scene.OpenSegment(TestNetwork.OnLan(NetworkFlags.OneMac | NetworkFlags.Hairpin));
        Scene.Send(a, FrameTo(b.Mac, a, a.To(b, version6, Segments.Syn()))).LeavesBy(Lan);
        Scene.Send(a, FrameTo(Lan.Mac, a, a.To(Lan.Address(version6), Segments.Syn()))).LeavesBy(Lan);
        Scene.Police(b, Rule.BlockIn());
        Scene.Police(a, Rule.AllowOut());
        Scene.Send(a, FrameTo(b.Mac, a, a.To(b, version6, Segments.Syn()))).LeavesBy(Lan);
    }

    [Fact]
    public void Arp_ForANeighbour_IsAnswered_ForOthersAskedOutside()
    {
        (TestEndpoint a, TestEndpoint b) = Scene.OpenSegment(TestNetwork.OnLan());
        Bytes.Equal(Frame.Of(a.Mac, b.Mac, Frame.Arp, Arp.Of(Arp.Reply, b.Mac, b.V4, a.Mac, a.V4)), Scene.Send(a, Ask(a, b.V4)).IsAnswered().Frame);
        byte[] question = Ask(a, IPAddress.Parse("10.80.5.200"));
        Bytes.Equal(question, Scene.Send(a, question).LeavesBy(Lan).Frame);
        // An announcement of its own address, and none of another's.
        byte[] announcement = Frame.Of(Frame.Broadcast, a.Mac, Frame.Arp, Arp.Of(Arp.Request, a.Mac, a.V4, s_unknown, a.V4));
        Scene.Send(a, announcement).LeavesBy(Lan);
        Scene.Send(a, Frame.Of(Frame.Broadcast, a.Mac, Frame.Arp, Arp.Of(Arp.Request, a.Mac, b.V4, s_unknown, b.V4))).IsDropped(DropReason.SourceAddress);
    }

    [Fact]
    public void Arp_AsksOutsideWithTheUplinksMac_WhereThereIsOne()
    {
        (TestEndpoint a, _) = Scene.OpenSegment(TestNetwork.OnLan(NetworkFlags.OneMac));
        IPAddress other = IPAddress.Parse("10.80.5.200");
        Bytes.Equal(
            Frame.Of(Frame.Broadcast, Lan.Mac, Frame.Arp, Arp.Of(Arp.Request, Lan.Mac, a.V4, s_unknown, other)),
            Scene.Send(a, Ask(a, other)).LeavesBy(Lan).Frame);
    }

    [Fact]
    public void Arp_IsAnsweredWithOneMacForEverybody_WhereEverythingGoesToTheNextHop()
    {
        TestNetwork network = TestNetwork.OnLan(NetworkFlags.OneMac | NetworkFlags.Hairpin);
        (TestEndpoint a, TestEndpoint b) = Scene.OpenSegment(network);
        foreach (IPAddress target in (IPAddress[])[b.V4, network.Gateway4, IPAddress.Parse("10.80.5.200")])
            Assert.Equal(network.GatewayMac, Scene.Send(a, Ask(a, target)).IsAnswered().Reading.From);
        Scene.Send(a, Ask(a, a.V4)).IsDropped(DropReason.NoSuchEndpoint);
    }

    [Fact]
    public void Solicitation_AsksOutsideWithTheUplinksMac_WhereThereIsOne()
    {
        IPAddress other = IPAddress.Parse("fd00:80:5::200");
        foreach (NetworkFlags kind in (NetworkFlags[])[NetworkFlags.None, NetworkFlags.OneMac])
        {
            (TestEndpoint a, TestEndpoint b) = Scene.OpenSegment(TestNetwork.OnLan(kind));
            byte[] Solicit(IPAddress target, MacAddress mac) => Frame.Of(NeighbourDiscovery.MacOf(NeighbourDiscovery.SolicitedNode(target)), mac, NeighbourDiscovery.Solicit(a.V6, target, mac));
            Scene.Send(a, Solicit(b.V6, a.Mac)).IsAnswered();
            Bytes.Equal(Solicit(other, kind == NetworkFlags.OneMac ? Lan.Mac : a.Mac), Scene.Send(a, Solicit(other, a.Mac)).LeavesBy(Lan).Frame);
        }
    }

    [Theory, BothVersions]
    public void Group_GoesOut_AndToEveryNeighbourButThoseWithRules(bool version6)
    {
        (TestEndpoint a, TestEndpoint b) = Scene.OpenSegment(TestNetwork.OnLan());
        IPAddress group = IPAddress.Parse(version6 ? "ff02::fb" : "224.0.0.251");
        byte[] frame = Frame.Of(NeighbourDiscovery.MacOf(IPAddress.Parse("ff02::fb")), a.Mac, a.To(group, Segment.Udp(5353, 5353)));
        Bytes.Equal(frame, Scene.Send(a, frame).LeavesBy(Lan).Frame);
        Assert.Equal((1ul, 0ul), (Scene.Statistics(b).PacketsIn, Scene.Statistics(a).PacketsIn));
        Scene.Police(b, Rule.AllowIn(port: 80));
        Scene.Send(a, frame).LeavesBy(Lan);
        Assert.Equal(1ul, Scene.Statistics(b).PacketsIn);
        Scene.Police(a, Rule.AllowOut(port: 80));
        Scene.Send(a, frame).IsDropped(DropReason.PolicyOut);
    }

    [Fact]
    public void Group_BeyondTheCopiesOfASecond_IsDropped()
    {
        (TestEndpoint a, _) = Scene.OpenSegment(TestNetwork.OnLan());
        byte[] frame = Frame.Of(Frame.Broadcast, a.Mac, a.To(IPAddress.Broadcast, Segment.Udp(9, 9)));
        Scene.Send(a, frame).LeavesBy(Lan);
        Scene.SendBeyondCopies(a, frame).IsDropped(DropReason.Flood);
    }

    [Fact]
    public void RouterAdvertisement_AndDhcpServer_OfAnEndpoint_AreDropped()
    {
        (TestEndpoint a, _) = Scene.OpenSegment(TestNetwork.OnLan());
        byte[] advertisement = Frame.Of(NeighbourDiscovery.MacOf(IPAddress.Parse("ff02::1")), a.Mac,
            new Packet(a.V6, IPAddress.Parse("ff02::1"), Segment.Icmp(true, NeighbourDiscovery.RouterAdvertisement, body: new byte[8])) { Hops = 255 });
        Scene.Send(a, advertisement).IsDropped(DropReason.RogueService);
        Scene.Send(a, Frame.Of(Frame.Broadcast, a.Mac, a.To(IPAddress.Broadcast, Segment.Udp(67, 68)))).IsDropped(DropReason.RogueService);
    }

    [Theory, BothVersions]
    public void Source_OfSomebodyElse_IsDropped(bool version6)
    {
        (TestEndpoint a, TestEndpoint b) = Scene.OpenSegment(TestNetwork.OnLan());
        Scene.Send(a, Frame.Of(TestUplink.RouterMac, a.Mac, b.To(Outside.Server(version6), Segments.Syn()))).IsDropped(DropReason.SourceAddress);
        Scene.Send(a, Frame.Of(TestUplink.RouterMac, b.Mac, a.To(Outside.Server(version6), Segments.Syn()))).IsDropped(DropReason.SourceMac);
        // The form a MAC has among the addresses is nobody's address.
        var disguised = new IPAddress([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, .. MacBytesOf(a.Mac)]);
        Scene.Send(a, Frame.Of(TestUplink.RouterMac, a.Mac, new Packet(disguised, Outside.Server(true), Segments.Syn()))).IsDropped(DropReason.SourceAddress);
    }

    [Theory, BothVersions]
    public void Rules_OfAnEndpoint_DecideWhatItReachesOutside_AndTheAnswerPasses(bool version6)
    {
        (TestEndpoint a, _) = Scene.OpenSegment(TestNetwork.OnLan());
        Scene.Police(a, Rule.AllowOut(remote: Outside.Server(version6)), Rule.BlockIn(2));
        Scene.Send(a, FrameTo(TestUplink.RouterMac, a, a.To(Outside.Server(version6), Segments.Syn()))).LeavesBy(Lan);
        Scene.Send(a, FrameTo(TestUplink.RouterMac, a, a.To(Outside.OtherServer(version6), Segments.Syn()))).IsDropped(DropReason.PolicyOut);
        Packet answer = new(Outside.Server(version6), a.Address(version6), Segments.SynAck(443, Segments.Port));
        Scene.Receive(Lan, Frame.Of(a.Mac, TestUplink.RouterMac, answer)).ReachesPort(a);
        Scene.Receive(Lan, Frame.Of(a.Mac, TestUplink.RouterMac, new Packet(Outside.Server(version6), a.Address(version6), Segments.Syn(5, 80)))).IsDropped(DropReason.PolicyIn);
    }

    private static byte[] Ask(TestEndpoint asker, IPAddress target) => Frame.Of(Frame.Broadcast, asker.Mac, Frame.Arp, Arp.Of(Arp.Request, asker.Mac, asker.V4, s_unknown, target));

    private static byte[] MacBytesOf(MacAddress mac)
    {
        byte[] bytes = new byte[6];
        mac.CopyTo(bytes);
        return bytes;
    }
}
