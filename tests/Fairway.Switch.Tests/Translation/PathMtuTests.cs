using Fairway.Linux.Bpf;
using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Translation;

public sealed class PathMtuTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    private const int Mtu = 1280;

    [Theory, BothVersions]
    public void Packet_LargerThanTheUplinkTakes_IsRefusedWithItsMtu(bool version6)
    {
        Scene.Open(TestUplink.Lan with { Mtu = Mtu });
        int header = version6 ? 40 : 20;
        Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segment.Udp(4000, 123, new byte[Mtu - header - 8]))).LeavesBy(TestUplink.Lan);

        foreach (Segment segment in (Segment[])[Segment.Udp(4000, 123, new byte[Mtu - header - 7]), Segment.Tcp(4000, 443, TcpFlags.Ack, new byte[Mtu - header - 19])])
        {
            Packet packet = Scene.A.To(Outside.Server(version6), segment);
            int quoted = header + (segment.Protocol == Protocols.Tcp ? 20 : 8);
            Packet error = new(TestNetwork.Web.Gateway(version6), packet.Source, Segment.Icmp(version6, (byte)(version6 ? 2 : 3), (byte)(version6 ? 0 : 4), Mtu, packet.ToBytes()[..quoted]));
            Bytes.Equal(Frame.Of(Scene.A.Mac, TestNetwork.Web.GatewayMac, error with { Identification = 0, DontFragment = false }), Scene.Send(Scene.A, packet).IsAnswered().Frame);
        }
        Assert.Equal(2ul, Scene.Drops(DropReason.TooBig));
    }

    [Theory, BothVersions]
    public void Answer_LargerThanTheEndpointTakes_IsRefusedToTheOutside(bool version6)
    {
        Scene.Open(Scene.A with { Mtu = Mtu });
        int port = Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segment.Udp(4000, 123))).Reading.SourcePort;
        Packet answer = new(Outside.Server(version6), TestUplink.Lan.Address(version6), Segment.Udp(123, port, new byte[1300]));

        Reading error = Scene.Receive(TestUplink.Lan, answer).IsAnswered().Reading;

        Assert.Equal((TestUplink.RouterMac, TestUplink.Lan.Mac), (error.To, error.From));
        Assert.Equal((TestUplink.Lan.Address(version6), Outside.Server(version6)), (error.Source, error.Destination));
        Assert.Equal(version6 ? (2, 0) : (3, 4), ((int)error.IcmpType, (int)error.IcmpCode));
        Assert.Equal((uint)Mtu, error.IcmpRest);
        Assert.Equal((answer.Source, answer.Destination, port), (error.Quoted!.Source, error.Quoted.Destination, (int)error.Quoted.DestinationPort));
    }

    /// <summary>What the kernel has yet to cut is as long as its pieces.</summary>
    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 12)]
    [InlineData(true, 0)]
    [InlineData(true, 12)]
    [InlineData(true, 40)]
    public void TcpSegments_YetToBeCut_AreAsLongAsOneWithItsHeaders(bool version6, int options)
    {
        Scene.Open(TestUplink.Lan with { Mtu = Mtu });
        Packet packet = Scene.A.To(Outside.Server(version6), Segment.Tcp(4000, 443, TcpFlags.Ack, new byte[3000], [.. Enumerable.Repeat((byte)1, options)]));
        int largest = Mtu - (version6 ? 40 : 20) - 20 - options;
        Scene.Send(Scene.A, packet, Gso(largest)).LeavesBy(TestUplink.Lan);
        Scene.Send(Scene.A, packet, Gso(largest + 1)).IsAnswered();
        // A sender in a virtual machine leaves the number of segments out.
        Scene.Send(Scene.A, packet, context => context with { GsoSize = (uint)largest }).LeavesBy(TestUplink.Lan);
    }

    [Theory, BothVersions]
    public void UdpSegments_YetToBeCut_AreAsLongAsOneWithItsHeaders(bool version6)
    {
        Packet packet = Scene.A.To(Outside.Server(version6), Segment.Udp(4000, 443, new byte[3000]));
        int largest = 1500 - (version6 ? 40 : 20) - 8;
        Scene.Send(Scene.A, packet, Gso(largest)).LeavesBy(TestUplink.Lan);
        Scene.Send(Scene.A, packet, Gso(largest + 1)).IsAnswered();
    }

    [Theory, BothVersions]
    public void Uplink_OfMoreThan64KiB_HasNoLimit(bool version6)
    {
        Scene.Open(TestUplink.Lan with { Mtu = 65536 });
        Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segment.Udp(4000, 123, new byte[3000]))).LeavesBy(TestUplink.Lan);
    }

    private static Func<SkBuffContext, SkBuffContext> Gso(int size) => context => context with { GsoSize = (uint)size, GsoSegments = 3 };
}
