using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Linux.Bpf;
using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Reports;

public sealed class EventTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    private const int PerSecond = 2000;

    [Theory, BothVersions]
    public void Nobody_Watching_HearsNothing(bool version6)
    {
        Scene.Send(Scene.A, new Packet(Scene.B.Address(version6), Scene.C.Address(version6), Segment.Udp(1, 2))).IsDropped(DropReason.SourceAddress);
        Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segments.Syn())).LeavesBy(TestUplink.Lan);
        Scene.Send(Scene.A, Scene.A.To(Scene.B, version6, Segments.Syn())).ReachesPort(Scene.B);
        Assert.Empty(Scene.TakeEvents());
    }

    [Theory, BothVersions]
    public void Drop_IsReportedWhole(bool version6)
    {
        Scene.Watch();
        byte[] frame = Scene.A.Frame(new Packet(Scene.B.Address(version6), Outside.Server(version6), Segment.Udp(4000, 123)));
        Scene.Send(Scene.A, frame).IsDropped(DropReason.SourceAddress);

        EventRecord report = Assert.Single(Scene.TakeEvents());
        Assert.Equal((FlowEventKind.Drop, DropReason.SourceAddress), ((FlowEventKind)report.Kind, (DropReason)report.Reason));
        Assert.Equal((Protocols.Udp, version6 ? Frame.Ip6 : Frame.Ip4), (report.Protocol, report.EtherType));
        Assert.Equal((Scene.B.Address(version6), Outside.Server(version6)), (report.Source.ToAddress(), report.Destination.ToAddress()));
        Assert.Equal((4000, 123), (Scene.Swap(report.SourcePort), Scene.Swap(report.DestinationPort)));
        Assert.Equal((TestNetwork.Web.Number, Scene.A.Port, 0u), (report.Network, report.InPort, report.OutPort));
        Assert.Equal(((uint)frame.Length, 0u), (report.Length, report.Missed));
        Assert.NotEqual(0ul, report.Time);
    }

    [Fact]
    public void Drop_OfWhatIsNotIp_IsReportedWithItsEtherType()
    {
        Scene.Watch();
        Scene.Send(Scene.A, Frame.Of(Frame.Broadcast, Scene.A.Mac, 0x88CC, new byte[40])).IsDropped(DropReason.Protocol);
        Scene.Send(Scene.A, Frame.Of(Frame.Broadcast, Scene.A.Mac, Frame.Arp, Arp.Of(Arp.Request, Scene.A.Mac, Scene.B.V4, new(0), Scene.C.V4))).IsDropped(DropReason.SourceAddress);
        Scene.Send(Scene.A, Frame.Of(Frame.Broadcast, Scene.B.Mac, Frame.Arp, new byte[28])).IsDropped(DropReason.SourceMac);
        Assert.Equal([0x88CC, Frame.Arp, Frame.Arp], Scene.TakeEvents().Select(report => report.EtherType));
    }

    [Theory, BothVersions]
    public void Drop_OfWhatComesFromElsewhere_NamesTheTarget(bool version6)
    {
        Scene.Watch();
        Scene.SendFromHost(TestNetwork.Web, new Packet(Outside.Client(version6), Scene.A.Address(version6), Segments.Syn()), TestUplink.Lan.Link).IsDropped(DropReason.Unpublished);
        EventRecord report = Assert.Single(Scene.TakeEvents());
        Assert.Equal((TestNetwork.Web.Number, 0u, Scene.A.Port), (report.Network, report.InPort, report.OutPort));
    }

    [Theory, BothVersions]
    public void Refusal_IsReportedAsADrop(bool version6)
    {
        Scene.Watch();
        Scene.Send(Scene.A, Scene.A.To(IPAddress.Parse(version6 ? "2001:db8:200::1" : "10.200.0.1"), Segments.Syn())).IsAnswered();
        Assert.Equal(DropReason.NoRoute, (DropReason)Assert.Single(Scene.TakeEvents()).Reason);
    }

    [Theory, BothVersions]
    public void TranslatedConnection_IsReportedOnce(bool version6)
    {
        Scene.Watch();
        foreach ((Segment question, Segment answer) in Segments.Exchanges(version6).Where(exchange => exchange.Question.Protocol != Protocols.Icmp && exchange.Question.Protocol != Protocols.Icmp6))
        {
            Packet asked = Scene.A.To(Outside.Server(version6), question);
            Reading left = Scene.Send(Scene.A, asked).LeavesBy(TestUplink.Lan).Reading;
            Scene.Send(Scene.A, asked).LeavesBy(TestUplink.Lan);
            Scene.Receive(TestUplink.Lan, new Packet(Outside.Server(version6), TestUplink.Lan.Address(version6), answer.WithPorts(left.DestinationPort, left.SourcePort))).ReachesPort(Scene.A);

            EventRecord report = Assert.Single(Scene.TakeEvents());
            AssertFlow(report, Scene.A.Address(version6), 4000, Outside.Server(version6), left.DestinationPort, question.Protocol);
            Assert.Equal((TestNetwork.Web.Number, Scene.A.Port, 0u), (report.Network, report.InPort, report.OutPort));
            Scene.Maps.Flows.RemoveMany([.. Scene.Flows.Select(flow => flow.Key)]);
        }
    }

    [Theory, BothVersions]
    public void PublishedConnection_IsReportedOnce(bool version6)
    {
        Scene.Watch();
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80);
        Packet call = new(Outside.Client(version6), TestUplink.Lan.Address(version6), Segments.Syn(5555, 8080));
        Scene.Receive(TestUplink.Lan, call).ReachesPort(Scene.B);
        Scene.Receive(TestUplink.Lan, call).ReachesPort(Scene.B);
        Scene.Send(Scene.B, Scene.B.To(Outside.Client(version6), Segments.SynAck(80, 5555))).LeavesBy(TestUplink.Lan);

        EventRecord report = Assert.Single(Scene.TakeEvents());
        AssertFlow(report, Outside.Client(version6), 5555, TestUplink.Lan.Address(version6), 8080, Protocols.Tcp);
        Assert.Equal((0u, Scene.B.Port), (report.InPort, report.OutPort));
    }

    [Theory, BothVersions]
    public void NeighboursConnection_OfTcp_IsReportedByItsSyn(bool version6)
    {
        Scene.Watch();
        Scene.Send(Scene.A, Scene.A.To(Scene.B, version6, Segments.Syn())).ReachesPort(Scene.B);
        Scene.Send(Scene.B, Scene.B.To(Scene.A, version6, Segments.SynAck(443, 4000))).ReachesPort(Scene.A);
        Scene.Send(Scene.A, Scene.A.To(Scene.B, version6, Segments.Ack(4000, 443))).ReachesPort(Scene.B);
        // Nor one that was there before anybody watched.
        Scene.Send(Scene.A, Scene.A.To(Scene.B, version6, Segments.Ack(4001, 443))).ReachesPort(Scene.B);
        EventRecord report = Assert.Single(Scene.TakeEvents());
        AssertFlow(report, Scene.A.Address(version6), 4000, Scene.B.Address(version6), 443, Protocols.Tcp);
        Assert.Equal((TestNetwork.Web.Number, Scene.A.Port, Scene.B.Port), (report.Network, report.InPort, report.OutPort));
    }

    [Theory, BothVersions]
    public void NeighboursExchange_OfOtherProtocols_IsReportedByItsFirstPacket_AndAgainAfterSilence(bool version6)
    {
        Scene.Watch();
        foreach ((Segment question, Segment answer) in new[] { (Segment.Udp(4000, 123), Segment.Udp(123, 4000)), (Segment.EchoRequest(version6, 7), Segment.EchoReply(version6, 7)) })
        {
            for (int i = 0; i < 3; i++)
            {
                Scene.Send(Scene.A, Scene.A.To(Scene.B, version6, question)).ReachesPort(Scene.B);
                Scene.Send(Scene.B, Scene.B.To(Scene.A, version6, answer)).ReachesPort(Scene.A);
            }
            Assert.Equal(Scene.A.Port, Assert.Single(Scene.TakeEvents()).InPort);

            foreach ((FlowKey key, ulong seen) in Scene.Switch.Noticed.Enumerate().ToList())
                Scene.Switch.Noticed.Set(key, seen - 181 * 1_000_000_000ul);
            Scene.Send(Scene.B, Scene.B.To(Scene.A, version6, question)).ReachesPort(Scene.A);
            Assert.Equal(Scene.B.Port, Assert.Single(Scene.TakeEvents()).InPort);
        }
    }

    [Theory, BothVersions]
    public void Connection_WithTheHost_IsReportedOnEitherSide(bool version6)
    {
        Scene.Watch();
        Scene.Send(Scene.A, Scene.A.To(TestNetwork.Web.Gateway(version6), Segments.Syn())).ReachesHost(TestNetwork.Web);
        EventRecord toHost = Assert.Single(Scene.TakeEvents());
        Assert.Equal((Scene.A.Port, 0u), (toHost.InPort, toHost.OutPort));

        Scene.SendFromHost(TestNetwork.Web, new Packet(TestNetwork.Web.Gateway(version6), Scene.A.Address(version6), Segments.Syn(5000, 80))).ReachesPort(Scene.A);
        EventRecord fromHost = Assert.Single(Scene.TakeEvents());
        Assert.Equal((TestNetwork.Web.Number, 0u, Scene.A.Port), (fromHost.Network, fromHost.InPort, fromHost.OutPort));
    }

    /// <summary>A flood of drops must not drown the reader, and the reader learns how many it did not see.</summary>
    [Fact]
    public void Rate_IsLimited_AndTheNextReportTellsWhatWasMissed()
    {
        Scene.Watch();
        byte[] frame = Scene.A.Frame(new Packet(Scene.B.V4, Scene.C.V4, Segment.Udp(1, 2)));
        RunOnOneCpu(frame, PerSecond + 100);
        Assert.Equal(PerSecond, Scene.TakeEvents().Count);
        Assert.Equal((ulong)PerSecond + 100, Scene.Drops(DropReason.SourceAddress));

        Assert.Equal(100u, RunUntilAllIsTold(frame).Aggregate(0u, (sum, report) => sum + report.Missed));
        Assert.All(RunUntilAllIsTold(frame), report => Assert.Equal(0u, report.Missed));
    }

    [Fact]
    public void Buffer_ThatIsFull_CountsAsMissed()
    {
        Scene.Watch();
        byte[] frame = Scene.A.Frame(new Packet(Scene.B.V4, Scene.C.V4, Segment.Udp(1, 2)));
        const int sent = 8 * PerSecond;
        for (int i = 0; i < sent; i += PerSecond)
        {
            BeginNextSecond();
            RunOnOneCpu(frame, PerSecond);
        }
        int read = Scene.TakeEvents().Count;
        Assert.InRange(read, 1, sent - 1);

        Assert.Equal((uint)(sent - read), RunUntilAllIsTold(frame).Aggregate(0u, (sum, report) => sum + report.Missed));
    }

    private static void AssertFlow(in EventRecord report, IPAddress source, int sourcePort, IPAddress destination, int destinationPort, byte protocol)
    {
        Assert.Equal((FlowEventKind.NewFlow, DropReason.None, protocol), ((FlowEventKind)report.Kind, (DropReason)report.Reason, report.Protocol));
        Assert.Equal((source, sourcePort, destination, destinationPort),
            (report.Source.ToAddress(), Scene.Swap(report.SourcePort), report.Destination.ToAddress(), Scene.Swap(report.DestinationPort)));
    }

    /// <summary>One run, so that the kernel stays on one CPU.</summary>
    private void RunOnOneCpu(byte[] frame, int times)
    {
        var run = new BpfTestRun { Packet = frame, Context = new SkBuffContext { IfIndex = Scene.A.Link }, Repeat = times };
        Scene.Host.Run(() => Scene.Switch.FromEndpoint.Run(run));
    }

    /// <summary>Goes on, at a rate that is none, until every CPU that missed something has been there and has said so.</summary>
    private List<EventRecord> RunUntilAllIsTold(byte[] frame)
    {
        List<EventRecord> reports = [];
        var watch = Stopwatch.StartNew();
        do
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), "no report told what was missed");
            BeginNextSecond();
            RunOnOneCpu(frame, 1);
            reports.AddRange(Scene.TakeEvents());
        }
        while (MissedByAll() > 0);
        return reports;
    }

    // struct fw_rate { __u64 second; __u32 sent; __u32 missed; }
    private long MissedByAll()
    {
        byte[] rates = Rates();
        return Enumerable.Range(0, PossibleCpus.Count).Sum(cpu => (long)BinaryPrimitives.ReadUInt32LittleEndian(rates.AsSpan(cpu * 16 + 12)));
    }

    private void BeginNextSecond()
    {
        byte[] rates = Rates();
        for (int cpu = 0; cpu < PossibleCpus.Count; cpu++)
            rates.AsSpan(cpu * 16, 8).Clear();
        Scene.Switch.EventRate.Set(new byte[4], rates);
    }

    private byte[] Rates()
    {
        byte[] rates = new byte[Scene.Switch.EventRate.TransferSize];
        Scene.Switch.EventRate.TryGet(new byte[4], rates);
        return rates;
    }
}
