using System.Net;
using System.Net.Sockets;
using Fairway.Model.Ports;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Publications;

/// <summary>A port that is published and used by the host itself at the same time.</summary>
public sealed class HostSocketTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    [Theory, BothVersions]
    public void Packet_OfTheHostsOwnTcpConnection_IsLeftAlone(bool version6)
    {
        Scene.Publish(Scene.AnyAddress(version6), 40000, Scene.B, 80);
        using Socket socket = Scene.Host.OpenSocket(FamilyOf(version6), SocketType.Stream);
        socket.Bind(new IPEndPoint(TestUplink.Lan.Address(version6), 40000));
        socket.BeginConnecting(Outside.Server(version6), 443);

        Packet answer = new(Outside.Server(version6), TestUplink.Lan.Address(version6), Segments.SynAck(443, 40000));
        Scene.Receive(TestUplink.Lan, answer).Passes();
        Scene.Receive(TestUplink.Lan, answer with { Segment = Segment.Tcp(443, 40000, TcpFlags.Rst | TcpFlags.Ack) }).Passes();
        // From somebody else it is a call.
        Scene.Receive(TestUplink.Lan, answer with { Segment = Segments.Syn(444, 40000) }).ReachesPort(Scene.B);
        Scene.Receive(TestUplink.Lan, answer with { Source = Outside.OtherServer(version6), Segment = Segments.Syn(443, 40000) }).ReachesPort(Scene.B);
    }

    [Theory, BothVersions]
    public void Packet_OfTheHostsOwnUdpExchange_IsLeftAlone(bool version6)
    {
        Scene.Publish(Scene.AnyAddress(version6), 40000, Scene.B, 123, TransportProtocol.Udp);
        using Socket socket = Scene.Host.OpenSocket(FamilyOf(version6), SocketType.Dgram);
        socket.Bind(new IPEndPoint(TestUplink.Lan.Address(version6), 40000));
        socket.Connect(Outside.Server(version6), 123);

        Scene.Receive(TestUplink.Lan, new Packet(Outside.Server(version6), TestUplink.Lan.Address(version6), Segment.Udp(123, 40000))).Passes();
        Scene.Receive(TestUplink.Lan, new Packet(Outside.OtherServer(version6), TestUplink.Lan.Address(version6), Segment.Udp(123, 40000))).ReachesPort(Scene.B);
    }

    /// <summary>It was there before the publication; the daemon warns of it, the switch does what was asked.</summary>
    [Theory, BothVersions]
    public void Listener_DoesNotStandInTheWay(bool version6)
    {
        Scene.Publish(Scene.AnyAddress(version6), 40000, Scene.B, 80, TransportProtocol.Tcp);
        Scene.Publish(Scene.AnyAddress(version6), 40000, Scene.B, 123, TransportProtocol.Udp);
        using Socket tcp = Scene.Host.OpenSocket(FamilyOf(version6), SocketType.Stream);
        tcp.Bind(new IPEndPoint(Scene.AnyAddress(version6), 40000));
        tcp.Listen();
        using Socket udp = Scene.Host.OpenSocket(FamilyOf(version6), SocketType.Dgram);
        udp.Bind(new IPEndPoint(Scene.AnyAddress(version6), 40000));

        foreach (Segment segment in (Segment[])[Segments.Syn(5555, 40000), Segments.Ack(5556, 40000), Segment.Udp(5555, 40000)])
            Scene.Receive(TestUplink.Lan, new Packet(Outside.Client(version6), TestUplink.Lan.Address(version6), segment)).ReachesPort(Scene.B);
    }

    private static AddressFamily FamilyOf(bool version6) => version6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
}
