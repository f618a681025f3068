using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Publications;

/// <summary>
/// A device without a link-layer header: packets begin with the IP header. The kernel takes the first 14 bytes of a test's packet for an Ethernet
/// header all the same, to find the protocol and whether it is for this host. So the source address must have an ether type in its middle
/// (8.0.x.x, 2001:db8:86dd::), the device is given the MAC the packet begins with, and IPv4 headers have an option, or that MAC would be a group's.
/// </summary>
public sealed class BareUplinkTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    private static readonly byte[] s_option = [1, 1, 1, 1];

    [Theory, BothVersions]
    public void Call_GetsAnEthernetHeader(bool version6)
    {
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80);
        Packet call = Call(version6, Segments.Syn(5555, 8080));
        Packet arrives = call with { Destination = Scene.B.Address(version6), Hops = 63, Segment = call.Segment.WithPorts(5555, 80) };
        Bytes.Equal(Frame.Of(Scene.B.Mac, TestNetwork.Web.GatewayMac, arrives), Scene.Receive(TestUplink.Bare, call).ReachesPort(Scene.B).Frame);

        Packet answer = Scene.B.To(Outside.BareClient(version6), Segments.SynAck(80, 5555));
        Packet leaves = answer with { Source = TestUplink.Bare.Address(version6), Hops = 63, Segment = answer.Segment.WithPorts(8080, 5555) };
        Bytes.Equal(Scene.B.Frame(leaves), Scene.Send(Scene.B, answer).LeavesBy(TestUplink.Bare).Frame);
        Bytes.Equal(Frame.Of(Scene.B.Mac, TestNetwork.Web.GatewayMac, arrives), Scene.Receive(TestUplink.Bare, call).ReachesPort(Scene.B).Frame);
    }

    [Theory, BothVersions]
    public void Answer_ComesBackThroughTranslation(bool version6)
    {
        int port = Scene.Send(Scene.A, Scene.A.To(Outside.BareClient(version6), Segment.Udp(4000, 123))).LeavesBy(TestUplink.Bare).Reading.SourcePort;
        Packet answer = Call(version6, Segment.Udp(123, port));
        Packet arrives = answer with { Destination = Scene.A.Address(version6), Hops = 63, Segment = answer.Segment.WithPorts(123, 4000) };
        Bytes.Equal(Frame.Of(Scene.A.Mac, TestNetwork.Web.GatewayMac, arrives), Scene.Receive(TestUplink.Bare, answer).ReachesPort(Scene.A).Frame);
    }

    [Theory, BothVersions]
    public void RouterError_IsTranslated(bool version6)
    {
        int port = Scene.Send(Scene.A, Scene.A.To(Outside.BareClient(version6), Segment.Udp(4000, 123))).LeavesBy(TestUplink.Bare).Reading.SourcePort;
        byte[] about = new Packet(TestUplink.Bare.Address(version6), Outside.BareClient(version6), Segment.Udp(port, 123)).ToBytes();
        Reading error = Scene.Receive(TestUplink.Bare, Call(version6, Segment.Icmp(version6, (byte)(version6 ? 1 : 3), 1, body: about))).ReachesPort(Scene.A).Reading;
        Assert.Equal((Scene.A.Address(version6), 4000), (error.Quoted!.Source, (int)error.Quoted.SourcePort));
        Assert.Equal((Scene.A.Mac, TestNetwork.Web.GatewayMac), (error.To, error.From));
    }

    [Theory, BothVersions]
    public void Unpublished_IsLeftAlone(bool version6)
    {
        Scene.Receive(TestUplink.Bare, Call(version6, Segments.Syn(5555, 8080))).Passes();
        Scene.Receive(TestUplink.Bare, Call(version6, Segment.EchoRequest(version6, 1))).Passes();
    }

    /// <summary>There is no MAC to send them to.</summary>
    [Theory, BothVersions]
    public void Errors_AreNotTold(bool version6)
    {
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80);
        Scene.Receive(TestUplink.Bare, Call(version6, Segments.Syn(5555, 8080)) with { Hops = 1 }).IsDropped(DropReason.TtlExpired);
    }

    [Theory, BothVersions]
    public void Counters_CountTheFrameThatIsDelivered(bool version6)
    {
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80);
        Packet call = Call(version6, Segments.Syn(5555, 8080));
        Scene.Receive(TestUplink.Bare, call).ReachesPort(Scene.B);
        StatisticsRow statistics = Scene.Statistics(Scene.B);
        Assert.Equal((1ul, (ulong)(call.ToBytes().Length + Frame.HeaderLength)), (statistics.PacketsIn, statistics.BytesIn));
    }

    private static Packet Call(bool version6, Segment segment)
        => new(Outside.BareClient(version6), TestUplink.Bare.Address(version6), segment) { Options = version6 ? [] : s_option };
}
