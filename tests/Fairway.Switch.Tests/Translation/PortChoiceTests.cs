using System.Net;
using System.Net.Sockets;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Translation;

/// <summary>Which source port a translated connection gets.</summary>
public sealed class PortChoiceTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    [Theory, BothVersions]
    public void SameSource_GetsTheSamePortAgain(bool version6)
    {
        foreach ((Segment question, _) in Segments.Exchanges(version6))
        {
            int first = Ask(Scene.A, question, version6);
            Forget();
            Assert.Equal(first, Ask(Scene.A, question, version6));
            Forget();
        }
    }

    /// <summary>connect() takes every other port, so it is these that must not fall together.</summary>
    [Theory]
    [InlineData(32768)]
    [InlineData(32769)]
    public void Sources_OfOneEndpointInARow_GetPortsOfTheirOwn_AtOnce(int first)
    {
        HashSet<int> ports = [];
        for (int source = first; source < first + 2 * 500; source += 2)
        {
            int port = Ask(Scene.A, Segment.Udp(source, 123), version6: false);
            Assert.True(ports.Add(port), $"source port {source} got {port}, which is taken");
            Forget();
        }
    }

    [Theory, BothVersions]
    public void TwoEndpoints_ToOneRemote_GetDifferentPorts_AndTheirOwnAnswers(bool version6)
    {
        // Of two ports, whatever the first choices are.
        Scene.Configure((ref ConfigRow row) => (row.NatFirst, row.NatLast) = (20000, 20001));
        foreach ((Segment question, Segment answer) in Segments.Exchanges(version6))
        {
            int a = Ask(Scene.A, question, version6);
            int b = Ask(Scene.B, question, version6);
            Assert.Equal([20000, 20001], new[] { a, b }.Order());

            IPAddress host = TestUplink.Lan.Address(version6);
            int source = Reading.OfFrame(Scene.A.Frame(Scene.A.To(Outside.Server(version6), question))).DestinationPort;
            Segment Answer(int port) => answer.WithPorts(answer.Protocol is Protocols.Tcp or Protocols.Udp ? source : port, port);
            Scene.Receive(TestUplink.Lan, new Packet(Outside.Server(version6), host, Answer(a))).ReachesPort(Scene.A);
            Scene.Receive(TestUplink.Lan, new Packet(Outside.Server(version6), host, Answer(b))).ReachesPort(Scene.B);
            Forget();
        }
    }

    [Theory, BothVersions]
    public void Port_ThatIsTaken_CanBeUsedTowardsAnotherRemote(bool version6)
    {
        Scene.Configure((ref ConfigRow row) => row.NatFirst = row.NatLast = 20000);
        foreach (IPAddress server in new[] { Outside.Server(version6), Outside.OtherServer(version6) })
        {
            foreach (int destination in new[] { 123, 54 })
                Assert.Equal(20000, Scene.Send(Scene.A, Scene.A.To(server, Segment.Udp(4000, destination))).LeavesBy(TestUplink.Lan).Reading.SourcePort);
        }
        Assert.Equal(20000, Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segments.Syn(4000, 123))).LeavesBy(TestUplink.Lan).Reading.SourcePort);
        Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segment.Udp(4001, 123))).IsDropped(DropReason.NatPorts);
        Assert.Equal((5u, 5u), Scene.Usage(Scene.A));
    }

    [Theory, BothVersions]
    public void Ports_AreProbed_UntilOneIsFree(bool version6)
    {
        Scene.Configure((ref ConfigRow row) => (row.NatFirst, row.NatLast) = (30000, 30019));
        HashSet<int> ports = [.. Enumerable.Range(0, 20).Select(i => Ask(Scene.A, Segment.Udp(4000 + 7 * i, 123), version6))];
        Assert.Equal(20, ports.Count);
        Assert.All(ports, port => Assert.InRange(port, 30000, 30019));
        Scene.Send(Scene.B, Scene.B.To(Outside.Server(version6), Segment.Udp(4000, 123))).IsDropped(DropReason.NatPorts);
        Assert.Equal((0u, 0u), Scene.Usage(Scene.B));
    }

    [Fact]
    public void Range_ThatIsNone_OpensNothing()
    {
        foreach ((ushort first, ushort last) in new[] { ((ushort)2, (ushort)1), ((ushort)65535, (ushort)0) })
        {
            Scene.Configure((ref ConfigRow row) => (row.NatFirst, row.NatLast) = (first, last));
            Scene.Send(Scene.A, Scene.A.To(Outside.Server(false), Segment.Udp(4000, 123))).IsDropped(DropReason.NatPorts);
        }
        Assert.Equal((0u, 0u), Scene.Usage(Scene.A));
        Assert.Empty(Scene.Flows);
    }

    [Fact]
    public void Range_ToTheLastPort_DoesNotRunOver()
    {
        Scene.Configure((ref ConfigRow row) => (row.NatFirst, row.NatLast) = (65534, 65535));
        int[] ports = [Ask(Scene.A, Segment.Udp(4000, 123), false), Ask(Scene.A, Segment.Udp(4001, 123), false)];
        Assert.Equal([65534, 65535], ports.Order());
    }

    [Theory, BothVersions]
    public void Port_OfAListeningSocketOfTheHost_IsLeftAlone(bool version6)
    {
        Scene.Configure((ref ConfigRow row) => (row.NatFirst, row.NatLast) = (20000, 20001));
        using Socket socket = Scene.Host.OpenSocket(FamilyOf(version6), SocketType.Stream);
        socket.Bind(new IPEndPoint(Scene.AnyAddress(version6), 20000));
        socket.Listen();

        Assert.Equal(20001, Ask(Scene.A, Segments.Syn(4000), version6));
        Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segments.Syn(4001))).IsDropped(DropReason.NatPorts);
        // TCP's, not UDP's.
        Assert.Equal([20000, 20001], new[] { Ask(Scene.A, Segment.Udp(4000, 123), version6), Ask(Scene.A, Segment.Udp(4001, 123), version6) }.Order());
    }

    [Theory, BothVersions]
    public void Port_OfAUdpSocketOfTheHost_IsLeftAlone(bool version6)
    {
        Scene.Configure((ref ConfigRow row) => (row.NatFirst, row.NatLast) = (20000, 20001));
        using Socket socket = Scene.Host.OpenSocket(FamilyOf(version6), SocketType.Dgram);
        socket.Bind(new IPEndPoint(TestUplink.Lan.Address(version6), 20001));

        Assert.Equal(20000, Ask(Scene.A, Segment.Udp(4000, 123), version6));
        Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segment.Udp(4001, 123))).IsDropped(DropReason.NatPorts);
        // Another address of the host, hence another uplink, has the port free.
        IPAddress behind = version6 ? Outside.BareClient(true) : IPAddress.Parse("198.51.100.7");
        HashSet<int> ports = [.. Enumerable.Range(0, 2).Select(i => (int)Scene.Send(Scene.A, Scene.A.To(behind, Segment.Udp(4000 + i, 123))).Reading.SourcePort)];
        Assert.Equal([20000, 20001], ports.Order());
    }

    [Theory, BothVersions]
    public void Port_OfTheHostsOwnConnection_IsLeftAlone_TowardsThatRemoteOnly(bool version6)
    {
        Scene.Configure((ref ConfigRow row) => row.NatFirst = row.NatLast = 20000);
        using Socket socket = Scene.Host.OpenSocket(FamilyOf(version6), SocketType.Stream);
        socket.Bind(new IPEndPoint(TestUplink.Lan.Address(version6), 20000));
        socket.BeginConnecting(Outside.Server(version6), 443);

        Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segments.Syn(4000, 443))).IsDropped(DropReason.NatPorts);
        Assert.Equal(20000, Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segments.Syn(4000, 444))).LeavesBy(TestUplink.Lan).Reading.SourcePort);
    }

    /// <summary>A server that has not closed yet would refuse, and a closed connection must not hold its port for as long as a living one.</summary>
    [Theory, BothVersions]
    public void Port_OfAClosedConnection_IsFree(bool version6)
    {
        Scene.Configure((ref ConfigRow row) => row.NatFirst = row.NatLast = 20000);
        IPAddress host = TestUplink.Lan.Address(version6);
        Ask(Scene.A, Segments.Syn(4000), version6);
        Scene.Send(Scene.B, Scene.B.To(Outside.Server(version6), Segments.Syn())).IsDropped(DropReason.NatPorts);

        Scene.Receive(TestUplink.Lan, new Packet(Outside.Server(version6), host, Segment.Tcp(443, 20000, TcpFlags.Rst | TcpFlags.Ack))).ReachesPort(Scene.A);

        Assert.Equal(20000, Ask(Scene.B, Segments.Syn(), version6));
        Assert.Equal((0u, 0u), Scene.Usage(Scene.A));
        Assert.Equal((1u, 1u), Scene.Usage(Scene.B));
        Scene.Receive(TestUplink.Lan, new Packet(Outside.Server(version6), host, Segments.SynAck(443, 20000))).ReachesPort(Scene.B);
        Assert.Equal(2, Scene.Flows.Count);
    }

    [Theory, BothVersions]
    public void Port_OfAnExpiredConnection_IsFree(bool version6)
    {
        Scene.Configure((ref ConfigRow row) => row.NatFirst = row.NatLast = 20000);
        Ask(Scene.A, Segment.Udp(4000, 123), version6);
        Scene.AgeAll(30);
        Scene.Send(Scene.B, Scene.B.To(Outside.Server(version6), Segment.Udp(4000, 123))).IsDropped(DropReason.NatPorts);
        Scene.AgeAll(1);
        Assert.Equal(20000, Ask(Scene.B, Segment.Udp(4000, 123), version6));
        Assert.Equal((0u, 0u), Scene.Usage(Scene.A));
        Assert.Equal((1u, 1u), Scene.Usage(Scene.B));
    }

    private int Ask(TestEndpoint endpoint, Segment question, bool version6)
        => Scene.Send(endpoint, endpoint.To(Outside.Server(version6), question)).LeavesBy(TestUplink.Lan).Reading.SourcePort;

    private void Forget() => Scene.Maps.Flows.RemoveMany([.. Scene.Flows.Select(flow => flow.Key)]);

    private static AddressFamily FamilyOf(bool version6) => version6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
}
