using System.Net;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Addressing;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Stations;

/// <summary>What the LAN and the host send to endpoints on the LAN.</summary>
public sealed class OutsiderTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    private static readonly MacAddress s_unknown = new(0);

    private static TestUplink Lan => TestUplink.Lan;

    [Theory, BothVersions]
    public void Packet_FromTheLan_ReachesTheEndpointWhoseMacItHas(bool version6)
    {
        (TestEndpoint a, _) = Scene.OpenSegment(TestNetwork.OnLan());
        byte[] frame = Frame.Of(a.Mac, TestUplink.RouterMac, new Packet(Outside.Client(version6), a.Address(version6), Segments.Syn()));
        Bytes.Equal(frame, Scene.Receive(Lan, frame).ReachesPort(a).Frame);
        Scene.Receive(Lan, frame.With(0, 2, 0, 0, 0, 9, 9)).Passes();
        Scene.Receive(Lan, Frame.Of(Lan.Mac, TestUplink.RouterMac, new Packet(Outside.Client(version6), a.Address(version6), Segments.Syn()))).Passes();
    }

    [Theory, BothVersions]
    public void Packet_FromTheLan_ReachesTheEndpointByItsAddress_WhereThereIsOneMac(bool version6)
    {
        foreach (NetworkFlags kind in (NetworkFlags[])[NetworkFlags.OneMac, NetworkFlags.OneMac | NetworkFlags.Hairpin])
        {
            TestNetwork network = TestNetwork.OnLan(kind);
            (TestEndpoint a, _) = Scene.OpenSegment(network);
            Packet packet = new(Outside.Client(version6), a.Address(version6), Segments.Syn());
            Outcome outcome = Scene.Receive(Lan, Frame.Of(Lan.Mac, TestUplink.RouterMac, packet)).ReachesPort(a);
            Assert.Equal(kind.HasFlag(NetworkFlags.Hairpin) ? network.GatewayMac : TestUplink.RouterMac, outcome.Reading.From);
            Scene.Receive(Lan, Frame.Of(a.Mac, TestUplink.RouterMac, packet)).Passes();
        }
    }

    [Theory, BothVersions]
    public void Packet_FromTheMacOfAnEndpoint_GoesToTheHostOnly(bool version6)
    {
        (TestEndpoint a, TestEndpoint b) = Scene.OpenSegment(TestNetwork.OnLan());
        Scene.Receive(Lan, Frame.Of(Lan.Mac, a.Mac, a.To(Lan.Address(version6), Segments.Syn()))).Passes();
        Scene.Receive(Lan, Frame.Of(b.Mac, a.Mac, a.To(b, version6, Segments.Syn()))).Passes();
    }

    [Theory, BothVersions]
    public void Packet_OfATranslatedConnection_IsFoundOnASharedUplink(bool version6)
    {
        Scene.OpenSegment(TestNetwork.OnLan());
        Outcome sent = Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segments.Syn())).LeavesBy(Lan);
        Packet answer = new(Outside.Server(version6), Lan.Address(version6), Segments.SynAck(443, sent.Reading.SourcePort));
        Scene.Receive(Lan, answer).ReachesPort(Scene.A);
    }

    [Fact]
    public void Arp_ForAnEndpoint_IsAnswered_ForOthersLeftToTheHost()
    {
        foreach (NetworkFlags kind in (NetworkFlags[])[NetworkFlags.None, NetworkFlags.OneMac, NetworkFlags.OneMac | NetworkFlags.Hairpin])
        {
            (TestEndpoint a, _) = Scene.OpenSegment(TestNetwork.OnLan(kind));
            IPAddress asker = IPAddress.Parse("10.80.5.200");
            byte[] Ask(IPAddress source, IPAddress target) => Frame.Of(Frame.Broadcast, TestUplink.RouterMac, Frame.Arp, Arp.Of(Arp.Request, TestUplink.RouterMac, source, s_unknown, target));
            MacAddress mac = kind == NetworkFlags.None ? a.Mac : Lan.Mac;
            foreach (IPAddress source in (IPAddress[])[asker, IPAddress.Any])
            {
                Bytes.Equal(Frame.Of(TestUplink.RouterMac, mac, Frame.Arp, Arp.Of(Arp.Reply, mac, a.V4, TestUplink.RouterMac, source)),
                    Scene.Receive(Lan, Ask(source, a.V4)).IsAnswered().Frame);
            }
            Scene.Receive(Lan, Ask(asker, IPAddress.Parse("10.80.5.201"))).Passes();
        }
    }

    [Fact]
    public void ArpReply_ReachesTheEndpointThatAsked_WithItsOwnMac()
    {
        foreach (NetworkFlags kind in (NetworkFlags[])[NetworkFlags.None, NetworkFlags.OneMac])
        {
            (TestEndpoint a, _) = Scene.OpenSegment(TestNetwork.OnLan(kind));
            MacAddress outside = kind == NetworkFlags.None ? a.Mac : Lan.Mac;
            IPAddress other = IPAddress.Parse("10.80.5.200");
            Bytes.Equal(
                Frame.Of(a.Mac, TestUplink.RouterMac, Frame.Arp, Arp.Of(Arp.Reply, TestUplink.RouterMac, other, a.Mac, a.V4)),
                Scene.Receive(Lan, Frame.Of(outside, TestUplink.RouterMac, Frame.Arp, Arp.Of(Arp.Reply, TestUplink.RouterMac, other, outside, a.V4))).ReachesPort(a).Frame);
        }
    }

    [Fact]
    public void Solicitation_ForAnEndpoint_IsAnswered_AlsoToWhoHasNoAddressYet()
    {
        foreach (NetworkFlags kind in (NetworkFlags[])[NetworkFlags.None, NetworkFlags.OneMac])
        {
            (TestEndpoint a, _) = Scene.OpenSegment(TestNetwork.OnLan(kind));
            MacAddress mac = kind == NetworkFlags.None ? a.Mac : Lan.Mac;
            MacAddress group = NeighbourDiscovery.MacOf(NeighbourDiscovery.SolicitedNode(a.V6));
            IPAddress asker = IPAddress.Parse("fd00:80:5::200");
            Reading answer = Scene.Receive(Lan, Frame.Of(group, TestUplink.RouterMac, NeighbourDiscovery.Solicit(asker, a.V6, TestUplink.RouterMac))).IsAnswered().Reading;
            Assert.Equal((mac, TestUplink.RouterMac, a.V6, asker, 0x6000_0000u), (answer.From, answer.To, answer.Source, answer.Destination, answer.IcmpRest));
            Reading defence = Scene.Receive(Lan, Frame.Of(group, TestUplink.RouterMac, NeighbourDiscovery.Solicit(IPAddress.IPv6Any, a.V6, null))).IsAnswered().Reading;
            Assert.Equal((mac, new MacAddress(0x3333_0000_0001), IPAddress.Parse("ff02::1"), 0x2000_0000u), (defence.From, defence.To, defence.Destination, defence.IcmpRest));
            Scene.Receive(Lan, Frame.Of(group, TestUplink.RouterMac, NeighbourDiscovery.Solicit(asker, IPAddress.Parse("fd00:80:5::201"), TestUplink.RouterMac))).Passes();
        }
    }

    [Theory, BothVersions]
    public void Group_IsCopiedToEndpoints_AndLeftToTheHost(bool version6)
    {
        (TestEndpoint a, TestEndpoint b) = Scene.OpenSegment(TestNetwork.OnLan());
        IPAddress group = IPAddress.Parse(version6 ? "ff02::fb" : "224.0.0.251"), sender = IPAddress.Parse(version6 ? "fd00:80:5::200" : "10.80.5.200");
        Scene.Receive(Lan, Frame.Of(NeighbourDiscovery.MacOf(IPAddress.Parse("ff02::fb")), TestUplink.RouterMac, new Packet(sender, group, Segment.Udp(5353, 5353)))).Passes();
        Scene.SendBy(Lan, Frame.Of(NeighbourDiscovery.MacOf(IPAddress.Parse("ff02::fb")), Lan.Mac, new Packet(Lan.Address(version6), group, Segment.Udp(5353, 5353)))).Passes();
        Assert.Equal((2ul, 2ul), (Scene.Statistics(a).PacketsIn, Scene.Statistics(b).PacketsIn));
    }

    [Fact]
    public void RouterAdvertisement_AndDhcp_AreNotToldToEndpoints()
    {
        (TestEndpoint a, _) = Scene.OpenSegment(TestNetwork.OnLan());
        MacAddress all = NeighbourDiscovery.MacOf(IPAddress.Parse("ff02::1"));
        Packet advertisement = new(IPAddress.Parse("fe80::1"), IPAddress.Parse("ff02::1"), Segment.Icmp(true, NeighbourDiscovery.RouterAdvertisement, body: new byte[8])) { Hops = 255 };
        Scene.Receive(Lan, Frame.Of(all, TestUplink.RouterMac, advertisement)).Passes();
        Scene.Receive(Lan, Frame.Of(Frame.Broadcast, TestUplink.RouterMac, new Packet(IPAddress.Any, IPAddress.Broadcast, Segment.Udp(68, 67)))).Passes();
        Assert.Equal(0ul, Scene.Statistics(a).PacketsIn);
    }

    [Theory, BothVersions]
    public void Host_ReachesEndpoints_AndEverythingElseLeaves(bool version6)
    {
        foreach (NetworkFlags kind in (NetworkFlags[])[NetworkFlags.None, NetworkFlags.OneMac])
        {
            (TestEndpoint a, _) = Scene.OpenSegment(TestNetwork.OnLan(kind));
            byte[] frame = Frame.Of(a.Mac, Lan.Mac, new Packet(Lan.Address(version6), a.Address(version6), Segments.Syn()));
            Bytes.Equal(frame, Scene.SendBy(Lan, frame).ReachesPort(a).Frame);
            Scene.SendBy(Lan, Frame.Of(TestUplink.RouterMac, Lan.Mac, new Packet(Lan.Address(version6), Outside.Server(version6), Segments.Syn()))).Passes();
            // What endpoints have sent out already is not looked at again; what the host forwards is the host's.
            Scene.SendBy(Lan, frame, ingress: a.Link).Passes();
            Scene.SendBy(Lan, frame, ingress: Scene.A.Link).ReachesPort(a);
        }
        (TestEndpoint behind, _) = Scene.OpenSegment(TestNetwork.OnLan(NetworkFlags.OneMac | NetworkFlags.Hairpin));
        Scene.SendBy(Lan, Frame.Of(behind.Mac, Lan.Mac, new Packet(Lan.Address(version6), behind.Address(version6), Segments.Syn()))).Passes();
    }

    [Fact]
    public void Host_IsAnsweredForEndpoints()
    {
        (TestEndpoint a, _) = Scene.OpenSegment(TestNetwork.OnLan(NetworkFlags.OneMac));
        Bytes.Equal(Frame.Of(Lan.Mac, a.Mac, Frame.Arp, Arp.Of(Arp.Reply, a.Mac, a.V4, Lan.Mac, Lan.V4!)),
            Scene.SendBy(Lan, Frame.Of(Frame.Broadcast, Lan.Mac, Frame.Arp, Arp.Of(Arp.Request, Lan.Mac, Lan.V4!, s_unknown, a.V4))).IsAnswered().Frame);
        Scene.SendBy(Lan, Frame.Of(Frame.Broadcast, Lan.Mac, Frame.Arp, Arp.Of(Arp.Request, Lan.Mac, Lan.V4!, s_unknown, IPAddress.Parse("192.0.2.1")))).Passes();
    }
}
