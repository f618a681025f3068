using System.Net;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Translation;

/// <summary>The way out of a NAT network, and the way back.</summary>
public sealed class OutboundTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    [Theory, BothVersions]
    public void Question_LeavesWithTheUplinksAddress_AndTheAnswerComesBack(bool version6)
    {
        foreach ((Segment question, Segment answer) in Segments.Exchanges(version6))
        {
            Packet asked = Scene.A.To(Outside.Server(version6), question);
            int port = SendsOut(asked);
            ComesBack(asked, answer, port);
            // And again, now that both rows are there.
            Assert.Equal(port, SendsOut(asked));
            ComesBack(asked, answer, port);
            Scene.Maps.Flows.RemoveMany([.. Scene.Flows.Select(flow => flow.Key)]);
        }
    }

    [Fact]
    public void UdpWithoutChecksum_StaysWithout()
    {
        foreach (bool version6 in (bool[])[false, true])
        {
            Packet asked = Scene.A.To(Outside.Server(version6), Segment.UdpUnchecked(4000, 123));
            int port = SendsOut(asked);
            ComesBack(asked, Segment.UdpUnchecked(123, 4000), port);
        }
    }

    /// <summary>A checksum that would become 0 must not: that would mean there is none.</summary>
    [Theory, BothVersions]
    public void UdpChecksum_NeverBecomesZero(bool version6)
    {
        Scene.Configure((ref ConfigRow row) => row.NatFirst = row.NatLast = 20000);
        Packet translated = new(TestUplink.Lan.Address(version6), Outside.Server(version6), Segment.Udp(20000, 123, [0, 0]));
        ushort missing = Reading.OfFrame(TestUplink.Lan.Frame(translated)).TransportChecksum;
        Packet asked = Scene.A.To(Outside.Server(version6), Segment.Udp(4000, 123, [(byte)(missing >> 8), (byte)missing]));

        SendsOut(asked);

        Assert.Equal(0xFFFF, Scene.Send(Scene.A, asked).Reading.TransportChecksum);
    }

    [Theory, BothVersions]
    public void Checksums_AreRight_ForEveryPayload(bool version6)
    {
        for (int value = 0; value < 0x10000; value += 509)
        {
            byte[] payload = [(byte)(value >> 8), (byte)value];
            foreach (Segment segment in (Segment[])[Segment.Udp(4000, 123, payload), Segment.Tcp(4000, 443, TcpFlags.Ack, payload), Segment.Icmp(version6, (byte)(version6 ? 128 : 8), rest: 4000u << 16, body: payload)])
                SendsOut(Scene.A.To(Outside.Server(version6), segment) with { Identification = (uint)value, TrafficClass = payload[1] });
        }
    }

    [Fact]
    public void OptionsAndExtensionHeaders_AreKept()
    {
        Packet options = Scene.A.To(Outside.Server(false), Segment.Udp(4000, 123)) with { Options = [7, 7, 4, 0, 0, 0, 0, 0] };
        ComesBack(options, Segment.Udp(123, 4000), SendsOut(options));
        Packet extensions = Scene.A.To(Outside.Server(true), Segments.Syn()) with { Extensions = [Extension.HopByHop, Extension.DestinationOptions(2)] };
        ComesBack(extensions, Segments.SynAck(443, 4000), SendsOut(extensions));
    }

    [Theory, BothVersions]
    public void SecondAddress_IsTranslatedBackToItself(bool version6)
    {
        IPAddress second = TestNetwork.Web.Address(version6, 77);
        Scene.AddAddress(Scene.A, second);
        Packet asked = new(second, Outside.Server(version6), Segment.Udp(4000, 123));
        ComesBack(asked, Segment.Udp(123, 4000), SendsOut(asked));
    }

    [Theory, BothVersions]
    public void Connection_TakesTwoRows_WhichLeadToEachOther(bool version6)
    {
        Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segments.Syn())).LeavesBy(TestUplink.Lan);

        Assert.Equal(2, Scene.Flows.Count);
        (FlowKey forwardKey, FlowRow forward) = (Scene.Forward.Key, Scene.Forward.Value);
        (FlowKey replyKey, FlowRow reply) = (Scene.Reply.Key, Scene.Reply.Value);
        Assert.Equal((TestNetwork.Web.Number, 0u), (forwardKey.Scope, replyKey.Scope));
        Assert.Equal((Scene.A.Port, 0u), (forward.InPort, reply.InPort));
        Assert.Equal(((uint)TestUplink.Lan.Link, Scene.A.Port), (forward.Out, reply.Out));
        Assert.Equal((Scene.A.Generation, Scene.A.Generation), (forward.InGeneration, reply.OutGeneration));
        Assert.Equal((Scene.A.Port, Scene.A.Port), (forward.Owner, reply.Owner));
        Assert.Equal((replyKey.Scope, forwardKey.Scope), (forward.TwinScope, reply.TwinScope));
        Assert.Equal((replyKey.Source, replyKey.Destination), (forward.Destination, forward.Source));
        Assert.Equal((forwardKey.Source, forwardKey.Destination), (reply.Destination, reply.Source));
        Assert.Equal((replyKey.SourcePort, replyKey.DestinationPort), (forward.DestinationPort, forward.SourcePort));
        Assert.Equal((forwardKey.SourcePort, forwardKey.DestinationPort), (reply.DestinationPort, reply.SourcePort));
        Assert.Equal((1500, 1500), (forward.Mtu, reply.Mtu));
        Assert.Equal(forward.Seen, reply.Seen);
        Assert.Equal((1u, 1u), Scene.Usage(Scene.A));
    }

    [Theory, BothVersions]
    public void Answer_FromSomebodyElse_IsNotForTheEndpoint(bool version6)
    {
        int port = SendsOut(Scene.A.To(Outside.Server(version6), Segment.Udp(4000, 123)));
        IPAddress host = TestUplink.Lan.Address(version6);
        Scene.Receive(TestUplink.Lan, new Packet(Outside.OtherServer(version6), host, Segment.Udp(123, port))).Passes();
        Scene.Receive(TestUplink.Lan, new Packet(Outside.Server(version6), host, Segment.Udp(54, port))).Passes();
        Scene.Receive(TestUplink.Lan, new Packet(Outside.Server(version6), host, Segment.Udp(123, port + 1))).Passes();
        Scene.Receive(TestUplink.Lan, new Packet(Outside.Server(version6), host, Segment.Tcp(123, port, TcpFlags.Ack))).Passes();
        Scene.Receive(TestUplink.Lan, new Packet(Outside.Server(version6), TestUplink.Bare.Address(version6), Segment.Udp(123, port))).Passes();
        Scene.Receive(TestUplink.Lan, new Packet(Outside.Server(version6), host, Segment.Udp(123, port))).ReachesPort(Scene.A);
    }

    [Theory, BothVersions]
    public void Answer_ThatIsNotForThisHost_IsLeftAlone(bool version6)
    {
        Packet answer = new(Outside.Server(version6), TestUplink.Lan.Address(version6), Segment.Udp(123, SendsOut(Scene.A.To(Outside.Server(version6), Segment.Udp(4000, 123)))));
        // Seen by a promiscuous device, or sent to everybody.
        Scene.Receive(TestUplink.Lan, Frame.Of(Scene.B.Mac, TestUplink.RouterMac, answer)).Passes();
        Scene.Receive(TestUplink.Lan, Frame.Of(Frame.Broadcast, TestUplink.RouterMac, answer)).Passes();
        Scene.Receive(TestUplink.Lan, answer).ReachesPort(Scene.A);
    }

    [Theory, BothVersions]
    public void Answer_ByAnotherUplink_ComesBackToo(bool version6)
    {
        int port = SendsOut(Scene.A.To(Outside.Server(version6), Segment.Udp(4000, 123)));
        Scene.Receive(TestUplink.Second, new Packet(Outside.Server(version6), TestUplink.Lan.Address(version6), Segment.Udp(123, port))).ReachesPort(Scene.A);
    }

    [Theory, BothVersions]
    public void EchoAnswer_WithAnotherIdentifier_IsTheHostsOwn(bool version6)
    {
        int identifier = SendsOut(Scene.A.To(Outside.Server(version6), Segment.EchoRequest(version6, 4000)));
        Scene.Receive(TestUplink.Lan, new Packet(Outside.Server(version6), TestUplink.Lan.Address(version6), Segment.EchoReply(version6, identifier + 1))).Passes();
        Scene.Receive(TestUplink.Lan, new Packet(Outside.Server(version6), TestUplink.Lan.Address(version6), Segment.EchoReply(version6, identifier))).ReachesPort(Scene.A);
    }

    [Fact]
    public void Route_DecidesTheUplink()
    {
        Scene.Send(Scene.A, Scene.A.To(IPAddress.Parse("198.51.100.7"), Segments.Syn())).LeavesBy(TestUplink.Second);
        Assert.Equal(TestUplink.Second.V4, Scene.Forward.Value.Source.ToAddress());
    }

    [Theory, BothVersions]
    public void Uplink_WithoutLinkLayer_IsUsedToo(bool version6)
    {
        Packet asked = Scene.A.To(Outside.BareClient(version6), Segments.Syn());
        Reading left = Scene.Send(Scene.A, asked).LeavesBy(TestUplink.Bare).Reading;
        Assert.Equal((TestUplink.Bare.Address(version6), 63), (left.Source, (int)left.Hops));
    }

    /// <summary>Sends a packet of A and asserts all of what leaves.</summary>
    /// <returns>The source port it got.</returns>
    private int SendsOut(Packet asked)
    {
        Outcome outcome = Scene.Send(Scene.A, asked).LeavesBy(TestUplink.Lan);
        int port = outcome.Reading.SourcePort;
        Assert.InRange(port, Scene.FirstNatPort, Scene.LastNatPort);
        int destination = asked.Segment.Protocol is Protocols.Tcp or Protocols.Udp ? outcome.Reading.DestinationPort : port;
        Packet expected = asked with { Source = TestUplink.Lan.Address(asked.IsVersion6), Hops = 63, Segment = asked.Segment.WithPorts(port, destination) };
        Bytes.Equal(Scene.A.Frame(expected), outcome.Frame);
        return port;
    }

    /// <summary>Answers a question that left by some port and asserts all of what arrives.</summary>
    private void ComesBack(Packet asked, Segment answer, int port)
    {
        int source = asked.Segment.Protocol is Protocols.Tcp or Protocols.Udp ? Reading.OfFrame(Scene.A.Frame(asked)).DestinationPort : port;
        Packet sent = asked with { Source = asked.Destination, Destination = TestUplink.Lan.Address(asked.IsVersion6), Segment = answer.WithPorts(source, port) };
        Packet expected = sent with { Destination = asked.Source, Hops = 63, Segment = answer };
        Bytes.Equal(Frame.Of(Scene.A.Mac, TestNetwork.Web.GatewayMac, expected), Scene.Receive(TestUplink.Lan, sent).ReachesPort(Scene.A).Frame);
    }
}
