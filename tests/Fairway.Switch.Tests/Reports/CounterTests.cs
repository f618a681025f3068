using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Reports;

public sealed class CounterTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    [Theory, BothVersions]
    public void Neighbours_CountOutAndIn(bool version6)
    {
        ulong length = 0;
        foreach (int size in new[] { 0, 100, 1400 })
        {
            byte[] frame = Scene.A.Frame(Scene.A.To(Scene.B, version6, Segment.Udp(1, 2, new byte[size])));
            length += (ulong)frame.Length;
            Scene.Send(Scene.A, frame).ReachesPort(Scene.B);
        }
        AssertCounts(Scene.A, packetsOut: 3, bytesOut: length);
        AssertCounts(Scene.B, packetsIn: 3, bytesIn: length);
    }

    [Theory, BothVersions]
    public void SegmentsYetToBeCut_CountOneByOne(bool version6)
    {
        byte[] frame = Scene.A.Frame(Scene.A.To(Scene.B, version6, Segment.Tcp(1, 2, TcpFlags.Ack, new byte[3000])));
        Scene.Send(Scene.A, frame, context => context with { GsoSize = 1000, GsoSegments = 3 }).ReachesPort(Scene.B);
        AssertCounts(Scene.A, packetsOut: 3, bytesOut: (ulong)frame.Length);
        AssertCounts(Scene.B, packetsIn: 3, bytesIn: (ulong)frame.Length);
    }

    [Theory, BothVersions]
    public void TheHost_CountsOnOneSide(bool version6)
    {
        byte[] asked = Scene.A.Frame(Scene.A.To(TestNetwork.Web.Gateway(version6), Segment.EchoRequest(version6, 1)));
        Scene.Send(Scene.A, asked).ReachesHost(TestNetwork.Web);
        AssertCounts(Scene.A, packetsOut: 1, bytesOut: (ulong)asked.Length);
        Scene.SendFromHost(TestNetwork.Web, new Packet(TestNetwork.Web.Gateway(version6), Scene.A.Address(version6), Segment.EchoReply(version6, 1))).ReachesPort(Scene.A);
        AssertCounts(Scene.A, 1, (ulong)asked.Length, 1, (ulong)asked.Length);
    }

    [Theory, BothVersions]
    public void TheOutside_CountsOutAndIn(bool version6)
    {
        byte[] asked = Scene.A.Frame(Scene.A.To(Outside.Server(version6), Segment.Udp(4000, 123, new byte[10])));
        int port = Scene.Send(Scene.A, asked).LeavesBy(TestUplink.Lan).Reading.SourcePort;
        byte[] answer = TestUplink.Lan.Frame(new Packet(Outside.Server(version6), TestUplink.Lan.Address(version6), Segment.Udp(123, port, new byte[500])));
        Scene.Receive(TestUplink.Lan, answer).ReachesPort(Scene.A);
        Scene.Receive(TestUplink.Lan, answer).ReachesPort(Scene.A);
        AssertCounts(Scene.A, 1, (ulong)asked.Length, 2, 2 * (ulong)answer.Length);
    }

    [Theory, BothVersions]
    public void ResolversAndPublications_CountLikeEndpoints(bool version6)
    {
        Scene.Send(Scene.A, Scene.A.To(TestNetwork.Web.Gateway(version6), Segment.Udp(4000, 53))).ReachesPort(Scene.WebResolver);
        Scene.Send(Scene.WebResolver, Scene.WebResolver.To(Scene.A, version6, Segment.Udp(53, 4000))).ReachesPort(Scene.A);
        Assert.Equal((1ul, 1ul), (Scene.Statistics(Scene.WebResolver).PacketsIn, Scene.Statistics(Scene.WebResolver).PacketsOut));
        Assert.Equal((1ul, 1ul), (Scene.Statistics(Scene.A).PacketsIn, Scene.Statistics(Scene.A).PacketsOut));

        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80);
        Scene.Send(Scene.D, Scene.D.To(TestUplink.Lan.Address(version6), Segments.Syn(1, 8080))).ReachesPort(Scene.B);
        Scene.Send(Scene.B, Scene.B.To(Scene.D, version6, Segments.SynAck(80, 1))).ReachesPort(Scene.D);
        Assert.Equal((1ul, 1ul), (Scene.Statistics(Scene.B).PacketsIn, Scene.Statistics(Scene.B).PacketsOut));
        Assert.Equal((1ul, 1ul), (Scene.Statistics(Scene.D).PacketsIn, Scene.Statistics(Scene.D).PacketsOut));
    }

    [Theory, BothVersions]
    public void Drops_CountByReason_AndAtTheSendersPort(bool version6)
    {
        for (int i = 1; i <= 3; i++)
        {
            Scene.Send(Scene.A, new Packet(Scene.B.Address(version6), Scene.C.Address(version6), Segment.Udp(1, 2))).IsDropped(DropReason.SourceAddress);
            Assert.Equal((ulong)i, Scene.Drops(DropReason.SourceAddress));
        }
        Scene.Send(Scene.A, Scene.A.To(TestNetwork.Web.Address(version6, 99), Segment.Udp(1, 2))).IsDropped(DropReason.NoSuchEndpoint);
        Assert.Equal(4ul, Scene.AllDrops);
        StatisticsRow row = Scene.Statistics(Scene.A);
        Assert.Equal((4ul, 0ul, 0ul), (row.DropsOut, row.DropsIn, row.PacketsOut));
    }

    [Theory, BothVersions]
    public void Drops_OfWhatComesFromOutside_CountAtTheTargetsPort(bool version6)
    {
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80, Model.Ports.TransportProtocol.Tcp, version6 ? "2001:db8:1::/48" : "1.1.1.0/24");
        Scene.Receive(TestUplink.Lan, new Packet(Outside.Client(version6), TestUplink.Lan.Address(version6), Segments.Syn(1, 8080))).IsDropped(DropReason.SourceNotAllowed);
        Assert.Equal((1ul, 0ul), (Scene.Statistics(Scene.B).DropsIn, Scene.Statistics(Scene.B).DropsOut));
    }

    [Theory, BothVersions]
    public void Answers_OfTheSwitchItself_CountNowhere(bool version6)
    {
        if (version6)
            Scene.Send(Scene.A, Frame.Of(Frame.Broadcast, Scene.A.Mac, NeighbourDiscovery.Solicit(Scene.A.V6, Scene.B.V6, Scene.A.Mac))).IsAnswered();
        else
            Scene.Send(Scene.A, Frame.Of(Frame.Broadcast, Scene.A.Mac, Frame.Arp, Arp.Of(Arp.Request, Scene.A.Mac, Scene.A.V4, new(0), Scene.B.V4))).IsAnswered();
        AssertCounts(Scene.A);
        AssertCounts(Scene.B);
    }

    private void AssertCounts(TestEndpoint endpoint, ulong packetsOut = 0, ulong bytesOut = 0, ulong packetsIn = 0, ulong bytesIn = 0)
    {
        StatisticsRow row = Scene.Statistics(endpoint);
        Assert.Equal((packetsOut, bytesOut, packetsIn, bytesIn), (row.PacketsOut, row.BytesOut, row.PacketsIn, row.BytesIn));
        Assert.Equal((0ul, 0ul), (row.DropsOut, row.DropsIn));
    }
}
