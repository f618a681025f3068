using System.Net;
using System.Net.Sockets;
using Fairway.Model.Flows;
using Fairway.Model.Ports;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Publications;

/// <summary>Endpoints that call a published port of the host.</summary>
public sealed class HairpinTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    private const int ClientPort = 5555;

    private static IEnumerable<(Segment Call, Segment Answer)> Exchanges(int hostPort, int targetPort) =>
    [
        (Segments.Syn(ClientPort, hostPort), Segments.SynAck(targetPort, ClientPort)),
        (Segment.Udp(ClientPort, hostPort), Segment.Udp(targetPort, ClientPort)),
    ];

    /// <summary>From its own network and from another one, at any address of the host.</summary>
    [Theory, BothVersions]
    public void Call_ReachesTheTargetWithTheCallersAddress_AndTheAnswerComesFromWhereItWasAsked(bool version6)
    {
        PublishBoth(version6, Scene.B, 80);
        foreach (TestEndpoint caller in new[] { Scene.A, Scene.D })
        {
            foreach (IPAddress asked in new[] { TestUplink.Lan.Address(version6), TestNetwork.Web.Gateway(version6), TestNetwork.Blue.Gateway(version6) })
            {
                foreach ((Segment question, Segment response) in Exchanges(8080, 80))
                {
                    Packet call = caller.To(asked, question);
                    Packet arrives = call with { Destination = Scene.B.Address(version6), Hops = 63, Segment = question.WithPorts(ClientPort, 80) };
                    Bytes.Equal(Frame.Of(Scene.B.Mac, TestNetwork.Web.GatewayMac, arrives), Scene.Send(caller, call).ReachesPort(Scene.B).Frame);

                    Packet answer = Scene.B.To(caller, version6, response);
                    Packet returns = answer with { Source = asked, Hops = 63, Segment = response.WithPorts(8080, ClientPort) };
                    Bytes.Equal(Frame.Of(caller.Mac, caller.Network.GatewayMac, returns), Scene.Send(Scene.B, answer).ReachesPort(caller).Frame);
                    Scene.Maps.Flows.RemoveMany([.. Scene.Flows.Select(flow => flow.Key)]);
                }
            }
        }
    }

    /// <summary>No stack accepts a packet from its own address, so the caller is the gateway.</summary>
    [Theory, BothVersions]
    public void Call_ToItself_ComesFromTheGateway(bool version6)
    {
        PublishBoth(version6, Scene.B, 80);
        IPAddress asked = TestUplink.Lan.Address(version6);
        foreach ((Segment question, Segment response) in Exchanges(8080, 80))
        {
            Packet call = Scene.B.To(asked, question);
            Outcome arrived = Scene.Send(Scene.B, call).ReachesPort(Scene.B);
            int port = arrived.Reading.SourcePort;
            Assert.InRange(port, Scene.FirstNatPort, Scene.LastNatPort);
            IPAddress gateway = TestNetwork.Web.Gateway(version6);
            Packet expected = call with { Source = gateway, Destination = Scene.B.Address(version6), Hops = 63, Segment = question.WithPorts(port, 80) };
            Bytes.Equal(Frame.Of(Scene.B.Mac, TestNetwork.Web.GatewayMac, expected), arrived.Frame);

            Packet answer = Scene.B.To(gateway, response.WithPorts(80, port));
            Packet returns = answer with { Source = asked, Destination = Scene.B.Address(version6), Hops = 63, Segment = response.WithPorts(8080, ClientPort) };
            Bytes.Equal(Frame.Of(Scene.B.Mac, TestNetwork.Web.GatewayMac, returns), Scene.Send(Scene.B, answer).ReachesPort(Scene.B).Frame);
        }
    }

    [Theory, BothVersions]
    public void Answer_InFragments_IsTranslatedToo(bool version6)
    {
        PublishBoth(version6, Scene.B, 80);
        IPAddress asked = TestUplink.Lan.Address(version6);
        Scene.Send(Scene.A, Scene.A.To(asked, Segment.Udp(ClientPort, 8080))).ReachesPort(Scene.B);
        Packet answer = Scene.B.To(Scene.A, version6, Segment.Udp(80, ClientPort, new byte[2000]));
        Packet returns = answer with { Source = asked, Hops = 63, Segment = answer.Segment.WithPorts(8080, ClientPort) };
        foreach ((int offset, int? length) in new (int, int?)[] { (0, 1200), (1200, null) })
        {
            Bytes.Equal(Frame.Of(Scene.A.Mac, TestNetwork.Web.GatewayMac, returns.Fragment(offset, length)),
                Scene.Send(Scene.B, Scene.B.Frame(answer.Fragment(offset, length))).ReachesPort(Scene.A).Frame);
        }
        // What belongs to no published connection goes straight to the neighbour, fragment or not.
        Packet other = Scene.B.To(Scene.A, version6, Segment.Udp(81, 82, new byte[2000])) with { Identification = 9 };
        Bytes.Equal(Frame.Of(Scene.A.Mac, Scene.B.Mac, other.Fragment(1200)), Scene.Send(Scene.B, Scene.B.Frame(other.Fragment(1200))).ReachesPort(Scene.A).Frame);
        Bytes.Equal(Frame.Of(Scene.A.Mac, Scene.B.Mac, other.Fragment(0, 1200)), Scene.Send(Scene.B, Scene.B.Frame(other.Fragment(0, 1200))).ReachesPort(Scene.A).Frame);
    }

    [Theory, BothVersions]
    public void Neighbour_CalledByItsOwnAddress_IsNotTranslated(bool version6)
    {
        PublishBoth(version6, Scene.B, 80);
        Scene.Send(Scene.A, Scene.A.To(TestUplink.Lan.Address(version6), Segments.Syn(ClientPort, 8080))).ReachesPort(Scene.B);
        // Another port of the caller: another connection.
        Bytes.Equal(
            Frame.Of(Scene.A.Mac, Scene.B.Mac, Scene.B.To(Scene.A, version6, Segments.SynAck(80, 6666))),
            Scene.Send(Scene.B, Scene.B.To(Scene.A, version6, Segments.SynAck(80, 6666))).ReachesPort(Scene.A).Frame);
    }

    [Theory, BothVersions]
    public void InternalNetwork_DoesNotReachPublications(bool version6)
    {
        PublishBoth(version6, Scene.B, 80);
        foreach (IPAddress asked in new[] { TestUplink.Lan.Address(version6), TestNetwork.Web.Gateway(version6), TestNetwork.Blue.Gateway(version6) })
        {
            Scene.Send(Scene.E, Scene.E.To(asked, Segments.Syn(ClientPort, 8080))).IsDropped(DropReason.Isolated);
            Scene.Send(Scene.G, Scene.G.To(asked, Segments.Syn(ClientPort, 8080))).IsDropped(DropReason.Isolated);
        }
        // Its own gateway is the host, and the port there is only the host's.
        Scene.Send(Scene.E, Scene.E.To(TestNetwork.Inside.Gateway(version6), Segments.Syn(ClientPort, 8080))).ReachesHost(TestNetwork.Inside);
        Assert.Empty(Scene.Flows);
    }

    [Theory, BothVersions]
    public void Call_ThatIsNoSyn_IsTheHosts(bool version6)
    {
        PublishBoth(version6, Scene.B, 80);
        foreach (TcpFlags flags in (TcpFlags[])[TcpFlags.Ack, TcpFlags.Fin | TcpFlags.Ack, TcpFlags.Rst])
            Scene.Send(Scene.A, Scene.A.To(TestUplink.Lan.Address(version6), Segment.Tcp(ClientPort, 8080, flags))).ReachesHost(TestNetwork.Web);
        Assert.Empty(Scene.Flows);
    }

    [Theory, BothVersions]
    public void Target_ThatLeft_IsNotReached(bool version6)
    {
        PublishBoth(version6, Scene.B, 80);
        Scene.Close(Scene.B);
        Scene.Send(Scene.A, Scene.A.To(TestUplink.Lan.Address(version6), Segments.Syn(ClientPort, 8080))).IsDropped(DropReason.PortClosed);
        Scene.Open(Scene.B);
        Scene.Maps.Networks.Set(TestNetwork.Web.Number, default);
        Scene.Send(Scene.D, Scene.D.To(TestUplink.Lan.Address(version6), Segments.Syn(ClientPort, 8080))).IsDropped(DropReason.PortClosed);
    }

    [Theory, BothVersions]
    public void TimeToLive_RunOut_IsToldToTheCaller(bool version6)
    {
        PublishBoth(version6, Scene.B, 80);
        Reading error = Scene.Send(Scene.A, Scene.A.To(TestUplink.Lan.Address(version6), Segments.Syn(ClientPort, 8080)) with { Hops = 1 }).IsAnswered().Reading;
        Assert.Equal((TestNetwork.Web.Gateway(version6), Scene.A.Address(version6)), (error.Source, error.Destination));
    }

    /// <summary>A process of the host has connected to an endpoint, from a port that is published as well.</summary>
    [Theory, BothVersions]
    public void Answer_ToTheHostsOwnConnection_IsTheHosts(bool version6)
    {
        PublishBoth(version6, Scene.B, 80);
        IPAddress gateway = TestNetwork.Web.Gateway(version6);
        AddressFamily family = version6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        using Socket tcp = Scene.Host.OpenSocket(family, SocketType.Stream);
        tcp.Bind(new IPEndPoint(gateway, 8080));
        tcp.BeginConnecting(Scene.A.Address(version6), 443);
        using Socket udp = Scene.Host.OpenSocket(family, SocketType.Dgram);
        udp.Bind(new IPEndPoint(gateway, 8080));
        udp.Connect(Scene.A.Address(version6), 443);

        Scene.Send(Scene.A, Scene.A.To(gateway, Segments.SynAck(443, 8080))).ReachesHost(TestNetwork.Web);
        Scene.Send(Scene.A, Scene.A.To(gateway, Segment.Udp(443, 8080))).ReachesHost(TestNetwork.Web);
        // Anybody else means the publication.
        Scene.Send(Scene.A, Scene.A.To(gateway, Segment.Udp(444, 8080))).ReachesPort(Scene.B);
        Scene.Send(Scene.A, Scene.A.To(gateway, Segments.Syn(444, 8080))).ReachesPort(Scene.B);
    }

    private void PublishBoth(bool version6, TestEndpoint target, int targetPort)
    {
        Scene.Publish(Scene.AnyAddress(version6), 8080, target, targetPort, TransportProtocol.Tcp);
        Scene.Publish(Scene.AnyAddress(version6), 8080, target, targetPort, TransportProtocol.Udp);
    }
}
