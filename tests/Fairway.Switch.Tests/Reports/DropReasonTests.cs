using System.Net;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Flows;
using Fairway.Model.Ports;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Reports;

/// <summary>Every reason has a packet that meets it: the counter, the verdict and the event all say so.</summary>
public sealed class DropReasonTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    private static readonly IPAddress s_outside = IPAddress.Parse("9.9.9.9");

    private static readonly Dictionary<DropReason, Func<Scene, Outcome>> s_packets = new()
    {
        [DropReason.Malformed] = scene => scene.Send(scene.A, scene.A.Frame(scene.A.To(scene.B, false, Segment.Udp(1, 2)))[..^1]),
        [DropReason.PortClosed] = scene =>
        {
            scene.Close(scene.B);
            return scene.Send(scene.A, scene.A.To(scene.B, false, Segment.Udp(1, 2)));
        },
        [DropReason.SourceMac] = scene => scene.Send(scene.A, Frame.Of(scene.B.Mac, scene.C.Mac, scene.A.To(scene.B, false, Segment.Udp(1, 2)))),
        [DropReason.SourceAddress] = scene => scene.Send(scene.A, new Packet(scene.C.V4, scene.B.V4, Segment.Udp(1, 2))),
        [DropReason.NoSuchEndpoint] = scene => scene.Send(scene.A, scene.A.To(TestNetwork.Web.Address(false, 99), Segment.Udp(1, 2))),
        [DropReason.Isolated] = scene => scene.Send(scene.E, scene.E.To(s_outside, Segment.Udp(1, 2))),
        [DropReason.Unpublished] = scene => scene.SendFromHost(TestNetwork.Web, new Packet(s_outside, scene.A.V4, Segment.Udp(1, 2)), TestUplink.Lan.Link),
        [DropReason.SourceNotAllowed] = scene =>
        {
            scene.Publish(IPAddress.Any, 8080, scene.B, 80, TransportProtocol.Tcp, "8.8.8.8/32");
            return scene.Receive(TestUplink.Lan, new Packet(s_outside, TestUplink.Lan.V4!, Segments.Syn(1, 8080)));
        },
        [DropReason.Multicast] = scene => scene.Send(scene.A, scene.A.To(IPAddress.Broadcast, Segment.Udp(1, 2))),
        [DropReason.RogueService] = scene => scene.Send(scene.A, scene.A.To(scene.B, false, Segment.Udp(67, 68))),
        [DropReason.NoRoute] = scene => scene.Send(scene.A, scene.A.To(IPAddress.Parse("10.200.0.1"), Segment.Udp(1, 2)) with { Options = [1, 1, 1, 1] }),
        [DropReason.NoSourceAddress] = scene =>
        {
            scene.Open(TestUplink.Lan with { V4 = null });
            return scene.Send(scene.A, scene.A.To(s_outside, Segment.Udp(1, 2)) with { Options = [1, 1, 1, 1] });
        },
        [DropReason.NatPorts] = scene =>
        {
            scene.Configure((ref ConfigRow row) => (row.NatFirst, row.NatLast) = (2, 1));
            return scene.Send(scene.A, scene.A.To(s_outside, Segment.Udp(1, 2)));
        },
        [DropReason.FlowQuota] = scene =>
        {
            scene.Configure((ref ConfigRow row) => row.FlowQuota = 0);
            return scene.Send(scene.A, scene.A.To(s_outside, Segment.Udp(1, 2)));
        },
        [DropReason.HalfOpenQuota] = scene =>
        {
            scene.Configure((ref ConfigRow row) => row.HalfOpenQuota = 0);
            return scene.Send(scene.A, scene.A.To(s_outside, Segment.Udp(1, 2)));
        },
        [DropReason.UnknownFragment] = scene => scene.Send(scene.A, scene.A.Frame(scene.A.To(s_outside, Segment.Udp(1, 2, new byte[64])).Fragment(16))),
        [DropReason.TooBig] = scene =>
        {
            scene.Open(TestUplink.Lan with { Mtu = 1280 });
            return scene.Send(scene.A, scene.A.To(s_outside, Segment.Udp(1, 2, new byte[1400])) with { Options = [1, 1, 1, 1] });
        },
        [DropReason.TtlExpired] = scene => scene.Send(scene.A, scene.A.To(s_outside, Segment.Udp(1, 2)) with { Hops = 1, Options = [1, 1, 1, 1] }),
        [DropReason.Protocol] = scene => scene.Send(scene.A, Frame.Of(scene.B.Mac, scene.A.Mac, 0x88CC, new byte[40])),
        [DropReason.FlowTableFull] = scene =>
        {
            scene.FillFlows();
            return scene.Send(scene.A, scene.A.To(s_outside, Segment.Udp(1, 2)));
        },
        [DropReason.PolicyOut] = scene =>
        {
            scene.Police(scene.A, Policies.Rule.BlockOut());
            return scene.Send(scene.A, scene.A.To(scene.B, false, Segment.Udp(1, 2)));
        },
        [DropReason.PolicyIn] = scene =>
        {
            scene.Police(scene.B, Policies.Rule.BlockIn());
            return scene.Send(scene.A, scene.A.To(scene.B, false, Segment.Udp(1, 2)));
        },
        [DropReason.NoBackend] = scene =>
        {
            scene.Balance(s_outside, 80, 8080, []);
            return scene.Send(scene.A, scene.A.To(s_outside, Segment.Tcp(1, 80, TcpFlags.Syn)));
        },
        [DropReason.Tunnel] = scene => scene.ReceiveFromTunnel(scene.A.Frame(scene.A.To(scene.B, false, Segment.Udp(1, 2)))),
        [DropReason.RateLimit] = scene =>
        {
            scene.Limit(scene.A, rate: 1, ahead: 0);
            scene.Send(scene.A, scene.A.To(scene.B, false, Segment.Udp(1, 2)));
            return scene.Send(scene.A, scene.A.To(scene.B, false, Segment.Udp(1, 2)));
        },
        [DropReason.Flood] = scene =>
        {
            (TestEndpoint station, _) = scene.OpenSegment(TestNetwork.OnLan());
            return scene.SendBeyondCopies(station, Frame.Of(Frame.Broadcast, station.Mac, station.To(IPAddress.Broadcast, Segment.Udp(9, 9))));
        },
        [DropReason.InvalidState] = scene => scene.Send(scene.A, scene.A.To(s_outside, Segment.Tcp(1, 2, TcpFlags.Rst))),
    };

    /// <summary>What no packet alone can meet.</summary>
    private static readonly Dictionary<DropReason, string> s_unreachable = new()
    {
        [DropReason.None] = "is no drop",
        [DropReason.StaleFlow] = "another CPU took the connection away between its opening and its first packet",
        [DropReason.NotDelivered] = "the kernel had no memory to change the packet",
    };

    public static TheoryData<DropReason> Reasons => [.. Enum.GetValues<DropReason>()];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Reason_IsMetByAPacket(DropReason reason)
    {
        if (s_unreachable.ContainsKey(reason))
        {
            Assert.DoesNotContain(reason, s_packets.Keys);
            return;
        }
        Assert.True(s_packets.TryGetValue(reason, out Func<Scene, Outcome>? packet), $"no packet meets {reason}");
        Scene.Watch();

        packet(Scene).IsDropped(reason);

        Assert.Equal((1ul, 1ul), (Scene.Drops(reason), Scene.AllDrops));
        EventRecord report = Assert.Single(Scene.TakeEvents(), report => (FlowEventKind)report.Kind == FlowEventKind.Drop);
        Assert.Equal(reason, (DropReason)report.Reason);
    }
}
