using System.Net;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Flows;
using Fairway.Model.Ports;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Publications;

/// <summary>Calls from outside.</summary>
public sealed class InboundTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    private const int ClientPort = 5555;

    [Theory]
    [InlineData(false, TransportProtocol.Tcp, 80)]
    [InlineData(false, TransportProtocol.Tcp, 8080)]
    [InlineData(false, TransportProtocol.Udp, 123)]
    [InlineData(true, TransportProtocol.Tcp, 80)]
    [InlineData(true, TransportProtocol.Tcp, 8080)]
    [InlineData(true, TransportProtocol.Udp, 123)]
    public void Call_ReachesTheEndpointWithTheClientsAddress_AndTheAnswerLeavesWithTheHosts(bool version6, TransportProtocol protocol, int targetPort)
    {
        foreach (IPAddress published in new[] { TestUplink.Lan.Address(version6), Scene.AnyAddress(version6) })
        {
            Scene.Publish(published, 8080, Scene.B, targetPort, protocol);
            Packet call = new(Outside.Client(version6), TestUplink.Lan.Address(version6), SegmentOf(protocol, ClientPort, 8080, TcpFlags.Syn)) { TrafficClass = 0x10 };
            Packet arrives = call with { Destination = Scene.B.Address(version6), Hops = 63, Segment = call.Segment.WithPorts(ClientPort, targetPort) };
            Bytes.Equal(Frame.Of(Scene.B.Mac, TestNetwork.Web.GatewayMac, arrives), Scene.Receive(TestUplink.Lan, call).ReachesPort(Scene.B).Frame);

            Packet answer = Scene.B.To(Outside.Client(version6), SegmentOf(protocol, targetPort, ClientPort, TcpFlags.Syn | TcpFlags.Ack));
            Packet leaves = answer with { Source = TestUplink.Lan.Address(version6), Hops = 63, Segment = answer.Segment.WithPorts(8080, ClientPort) };
            Bytes.Equal(Scene.B.Frame(leaves), Scene.Send(Scene.B, answer).LeavesBy(TestUplink.Lan).Frame);

            Assert.Equal((1u, 0u), Scene.Usage(Scene.B));
            Scene.Unpublish(published, 8080, protocol);
            Scene.Maps.Flows.RemoveMany([.. Scene.Flows.Select(flow => flow.Key)]);
            Scene.Maps.Usage.Set(Scene.B.Port, default);
        }
    }

    [Theory, BothVersions]
    public void Connection_TakesTwoRows_WhichLeadToEachOther(bool version6)
    {
        PublicationRow publication = Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80);
        Scene.Receive(TestUplink.Lan, Call(version6, 8080)).ReachesPort(Scene.B);

        (FlowKey forwardKey, FlowRow forward) = (Scene.Forward.Key, Scene.Forward.Value);
        (FlowKey replyKey, FlowRow reply) = (Scene.Reply.Key, Scene.Reply.Value);
        Assert.Equal((0u, TestNetwork.Web.Number), (forwardKey.Scope, replyKey.Scope));
        Assert.Equal((publication.Number, publication.Number), (forward.Publication, reply.Publication));
        Assert.Equal((0u, Scene.B.Port), (forward.InPort, reply.InPort));
        Assert.Equal((Scene.B.Port, (uint)TestUplink.Lan.Link), (forward.Out, reply.Out));
        Assert.Equal((Scene.B.Port, Scene.B.Port), (forward.Owner, reply.Owner));
        Assert.Equal((replyKey.Scope, forwardKey.Scope), (forward.TwinScope, reply.TwinScope));
        Assert.Equal((replyKey.Source, replyKey.Destination), (forward.Destination, forward.Source));
        Assert.Equal((forwardKey.Source, forwardKey.Destination), (reply.Destination, reply.Source));
    }

    [Theory, BothVersions]
    public void Publication_OfOneAddress_IsOfThatAddressOnly(bool version6)
    {
        Scene.Publish(TestUplink.Lan.Address(version6), 8080, Scene.B, 80);
        Scene.Receive(TestUplink.Lan, Call(version6, 8080)).ReachesPort(Scene.B);
        Scene.Receive(TestUplink.Lan, Call(version6, 8080) with { Destination = TestUplink.Bare.Address(version6) }).Passes();
        Scene.Receive(TestUplink.Lan, Call(version6, 8080) with { Destination = TestNetwork.Web.Gateway(version6) }).Passes();
    }

    [Theory, BothVersions]
    public void Publication_OfEveryAddress_IsOfEveryOneTheHostHas(bool version6)
    {
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80);
        foreach (IPAddress address in new[] { TestUplink.Lan.Address(version6), TestUplink.Bare.Address(version6), TestNetwork.Web.Gateway(version6), TestNetwork.Blue.Gateway(version6) })
            Scene.Receive(TestUplink.Lan, Call(version6, 8080) with { Destination = address }).ReachesPort(Scene.B);
    }

    /// <summary>A router's traffic is none of the switch's business, whatever its ports.</summary>
    [Theory, BothVersions]
    public void Transit_IsNeverCaught(bool version6)
    {
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80);
        foreach (IPAddress address in new[] { Outside.Server(version6), Scene.A.Address(version6), Scene.B.Address(version6), IPAddress.Parse(version6 ? "2001:db8:2::99" : "192.0.2.99") })
            Scene.Receive(TestUplink.Lan, Call(version6, 8080) with { Destination = address }).Passes();
        // Nor what is addressed to nobody.
        Scene.Receive(TestUplink.Lan, Call(version6, 8080) with { Destination = Scene.AnyAddress(version6) }).Passes();
        Assert.Empty(Scene.Flows);
    }

    [Theory, BothVersions]
    public void Publication_OfOneAddress_ComesBeforeThatOfEveryOne(bool version6)
    {
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80);
        Scene.Publish(TestUplink.Lan.Address(version6), 8080, Scene.A, 81);
        Assert.Equal(81, Scene.Receive(TestUplink.Lan, Call(version6, 8080)).ReachesPort(Scene.A).Reading.DestinationPort);
        Scene.Receive(TestUplink.Lan, Call(version6, 8080) with { Destination = TestUplink.Bare.Address(version6) }).ReachesPort(Scene.B);
    }

    [Theory, BothVersions]
    public void Publication_OfOneVersionOrProtocol_IsNotOfTheOther(bool version6)
    {
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80);
        Scene.Receive(TestUplink.Lan, Call(!version6, 8080)).Passes();
        Scene.Receive(TestUplink.Lan, Call(version6, 8080) with { Segment = Segment.Udp(ClientPort, 8080) }).Passes();
        Scene.Receive(TestUplink.Lan, Call(version6, 8080) with { Segment = Segment.Other(Protocols.Sctp, 21, 179, 31, 144, 0, 0, 0, 0, 0, 0, 0, 0) }).Passes();
        Scene.Receive(TestUplink.Lan, Call(version6, 8080)).ReachesPort(Scene.B);
    }

    [Theory, BothVersions]
    public void Unpublished_IsTheHosts(bool version6)
    {
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80);
        foreach (int port in new[] { 22, 80, 8079, 8081, 0, 65535 })
            Scene.Receive(TestUplink.Lan, Call(version6, port)).Passes();
        Scene.Receive(TestUplink.Lan, new Packet(Outside.Client(version6), TestUplink.Lan.Address(version6), Segment.EchoRequest(version6, 1))).Passes();
        Scene.Unpublish(Scene.AnyAddress(version6), 8080);
        Scene.Receive(TestUplink.Lan, Call(version6, 8080)).Passes();
        Assert.Equal(0ul, Scene.AllDrops);
    }

    [Theory, BothVersions]
    public void Loopback_OnTheWire_IsTheHostsToRefuse(bool version6)
    {
        IPAddress loopback = version6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;
        Scene.Publish(loopback, 8080, Scene.B, 80);
        Scene.Receive(TestUplink.Lan, Call(version6, 8080) with { Destination = loopback }).Passes();
        Scene.Receive(TestUplink.Lan, Call(version6, 8080)).Passes();
        foreach (TestEndpoint sender in new[] { Scene.A, Scene.B, Scene.D })
        {
            Scene.Send(sender, sender.To(loopback, Segments.Syn(ClientPort, 8080))).IsDropped(DropReason.Isolated);
            Scene.Send(sender, sender.To(sender.Network.Gateway(version6), Segments.Syn(ClientPort, 8080))).ReachesHost(sender.Network);
        }
        Assert.Empty(Scene.Flows);
    }

    /// <summary>The hook stands before the host's own check of sources.</summary>
    [Theory]
    [InlineData("10.80.1.11")] // an endpoint's
    [InlineData("10.80.1.12")] // the target's own
    [InlineData("10.80.1.1")]
    [InlineData("10.80.2.14")]
    [InlineData("10.80.1.99")]
    [InlineData("192.0.2.10")] // the host's
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("224.0.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("192.0.2.255")]
    [InlineData("10.200.0.1")] // no way there
    [InlineData("172.30.0.5")] // behind a device that is no uplink
    [InlineData("fd00:80:1::b")]
    [InlineData("fd00:80:1::1")]
    [InlineData("fd00:80:2::e")]
    [InlineData("2001:db8:2::10")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("ff02::1")]
    [InlineData("fe80::1")] // the endpoint would look for it on its own link
    [InlineData("ff0e::1")]
    [InlineData("2001:db8:200::1")]
    [InlineData("2001:db8:30::5")]
    public void Client_WithABorrowedAddress_IsDropped(string source)
    {
        IPAddress address = IPAddress.Parse(source);
        bool version6 = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80);
        Scene.Receive(TestUplink.Lan, Call(version6, 8080) with { Source = address }).IsDropped(DropReason.SourceAddress);
        Assert.Empty(Scene.Flows);
    }

    [Theory, BothVersions]
    public void Answer_LeavesWhereTheHostRoutesIt_NotWhereTheCallCameIn(bool version6)
    {
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80);
        Scene.Receive(TestUplink.Second, Call(version6, 8080)).ReachesPort(Scene.B);
        Scene.Send(Scene.B, Scene.B.To(Outside.Client(version6), Segments.SynAck(80, ClientPort))).LeavesBy(TestUplink.Lan);
    }

    [Theory, BothVersions]
    public void Packet_WithoutAConnection_OpensOne_ExceptAReset(bool version6)
    {
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80);
        Scene.Receive(TestUplink.Lan, Call(version6, 8080) with { Segment = Segment.Tcp(ClientPort, 8080, TcpFlags.Rst) }).IsDropped(DropReason.InvalidState);
        Assert.Empty(Scene.Flows);
        Scene.Receive(TestUplink.Lan, Call(version6, 8080) with { Segment = Segments.Ack(ClientPort, 8080, "data"u8.ToArray()) }).ReachesPort(Scene.B);
    }

    [Theory, BothVersions]
    public void TwoPublications_OfOneTarget_KeepOneClientsConnectionsApart(bool version6)
    {
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80);
        Scene.Publish(Scene.AnyAddress(version6), 8081, Scene.B, 80);

        Assert.Equal(ClientPort, Scene.Receive(TestUplink.Lan, Call(version6, 8080)).ReachesPort(Scene.B).Reading.SourcePort);
        int second = Scene.Receive(TestUplink.Lan, Call(version6, 8081)).ReachesPort(Scene.B).Reading.SourcePort;
        Assert.InRange(second, Scene.FirstNatPort, Scene.LastNatPort);

        IPAddress client = Outside.Client(version6);
        Reading first = Scene.Send(Scene.B, Scene.B.To(client, Segments.SynAck(80, ClientPort))).LeavesBy(TestUplink.Lan).Reading;
        Assert.Equal((8080, ClientPort), ((int)first.SourcePort, (int)first.DestinationPort));
        Reading other = Scene.Send(Scene.B, Scene.B.To(client, Segments.SynAck(80, second))).LeavesBy(TestUplink.Lan).Reading;
        Assert.Equal((8081, ClientPort), ((int)other.SourcePort, (int)other.DestinationPort));
        Assert.Equal((2u, 0u), Scene.Usage(Scene.B));
    }

    [Theory, BothVersions]
    public void Connections_CountAgainstTheTarget(bool version6)
    {
        Scene.Configure((ref ConfigRow row) => (row.FlowQuota, row.HalfOpenQuota) = (3, 2));
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80);
        Scene.Publish(Scene.AnyAddress(version6), 8081, Scene.A, 80);
        void Calls(int port) => Scene.Receive(TestUplink.Lan, Call(version6, 8080) with { Segment = Segments.Syn(port, 8080) }).ReachesPort(Scene.B);
        void Answers(int port) => Scene.Send(Scene.B, Scene.B.To(Outside.Client(version6), Segments.SynAck(80, port))).LeavesBy(TestUplink.Lan);
        Calls(1);
        Calls(2);
        Scene.Receive(TestUplink.Lan, Call(version6, 8080) with { Segment = Segments.Syn(3, 8080) }).IsDropped(DropReason.HalfOpenQuota);
        Answers(1);
        Answers(2);
        Calls(3);
        Answers(3);
        Scene.Receive(TestUplink.Lan, Call(version6, 8080) with { Segment = Segments.Syn(4, 8080) }).IsDropped(DropReason.FlowQuota);
        Scene.Receive(TestUplink.Lan, Call(version6, 8081)).ReachesPort(Scene.A);
    }

    [Theory, BothVersions]
    public void Fragments_ReachTheEndpoint_AndItsAnswersLeave(bool version6)
    {
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 123, TransportProtocol.Udp);
        byte[] payload = new byte[2000];
        Packet call = new(Outside.Client(version6), TestUplink.Lan.Address(version6), Segment.Udp(ClientPort, 8080, payload));
        Packet arrives = call with { Destination = Scene.B.Address(version6), Hops = 63, Segment = call.Segment.WithPorts(ClientPort, 123) };
        Packet answer = Scene.B.To(Outside.Client(version6), Segment.Udp(123, ClientPort, payload));
        Packet leaves = answer with { Source = TestUplink.Lan.Address(version6), Hops = 63, Segment = answer.Segment.WithPorts(8080, ClientPort) };
        foreach ((int offset, int? length) in new (int, int?)[] { (0, 1200), (1200, null) })
        {
            Bytes.Equal(Frame.Of(Scene.B.Mac, TestNetwork.Web.GatewayMac, arrives.Fragment(offset, length)),
                Scene.Receive(TestUplink.Lan, TestUplink.Lan.Frame(call.Fragment(offset, length))).ReachesPort(Scene.B).Frame);
        }
        foreach ((int offset, int? length) in new (int, int?)[] { (0, 1200), (1200, null) })
            Bytes.Equal(Scene.B.Frame(leaves.Fragment(offset, length)), Scene.Send(Scene.B, Scene.B.Frame(answer.Fragment(offset, length))).LeavesBy(TestUplink.Lan).Frame);
    }

    private static Packet Call(bool version6, int port) => new(Outside.Client(version6), TestUplink.Lan.Address(version6), Segments.Syn(ClientPort, port));

    private static Segment SegmentOf(TransportProtocol protocol, int source, int destination, TcpFlags flags)
        => protocol == TransportProtocol.Udp ? Segment.Udp(source, destination) : Segment.Tcp(source, destination, flags, options: [2, 4, 5, 0xB4]);
}
