using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Security;

public sealed class LinkLayerTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    private const ushort ServiceTag = 0x88A8;
    private const ushort CustomerTag = 0x8100;

    [Theory]
    [InlineData(CustomerTag)]
    [InlineData(ServiceTag)]
    [InlineData(0x9100)]
    public void VlanTag_IsDropped(ushort tag)
    {
        byte[] inner = Scene.A.Frame(Scene.A.To(Scene.B, false, Segment.Udp(1, 2)))[12..];
        Scene.Send(Scene.A, Frame.Of(Scene.B.Mac, Scene.A.Mac, tag, [0, 100, .. inner])).IsDropped(DropReason.Protocol);
        // Priority only, and a tag within a tag.
        Scene.Send(Scene.A, Frame.Of(Scene.B.Mac, Scene.A.Mac, tag, [0xE0, 0, .. inner])).IsDropped(DropReason.Protocol);
        Scene.Send(Scene.A, Frame.Of(Scene.B.Mac, Scene.A.Mac, tag, [0, 1, 0x81, 0, 0, 2, .. inner])).IsDropped(DropReason.Protocol);
    }

    [Theory]
    [InlineData(0x0000)] // 802.3 length
    [InlineData(0x05DC)] // 802.3 length
    [InlineData(0x0801)]
    [InlineData(0x8035)] // reverse ARP
    [InlineData(0x8847)] // MPLS
    [InlineData(0x8863)] // PPPoE discovery
    [InlineData(0x8864)] // PPPoE
    [InlineData(0x888E)] // 802.1X
    [InlineData(0x88CC)] // LLDP
    [InlineData(0x88E5)] // MACsec
    [InlineData(0xFFFF)]
    public void EtherType_OtherThanArpAndIp_IsDropped(int etherType)
    {
        byte[] packet = Scene.A.To(Scene.B, false, Segment.Udp(1, 2)).ToBytes();
        Scene.Send(Scene.A, Frame.Of(Scene.B.Mac, Scene.A.Mac, (ushort)etherType, packet)).IsDropped(DropReason.Protocol);
        Scene.Send(Scene.A, Frame.Of(Frame.Broadcast, Scene.A.Mac, (ushort)etherType, packet)).IsDropped(DropReason.Protocol);
    }

    [Fact]
    public void EtherType_OfTheOtherIpVersion_IsDropped()
    {
        byte[] packet4 = Scene.A.To(Scene.B, false, Segment.Udp(1, 2, new byte[40])).ToBytes();
        byte[] packet6 = Scene.A.To(Scene.B, true, Segment.Udp(1, 2)).ToBytes();
        Scene.Send(Scene.A, Frame.Of(Scene.B.Mac, Scene.A.Mac, Frame.Ip6, packet4)).IsDropped(DropReason.Malformed);
        Scene.Send(Scene.A, Frame.Of(Scene.B.Mac, Scene.A.Mac, Frame.Ip4, packet6)).IsDropped(DropReason.Malformed);
    }

    [Fact]
    public void DestinationMac_DoesNotDecide()
    {
        byte[] packet = Scene.A.To(Scene.B, false, Segment.Udp(1, 2)).ToBytes();
        byte[] expected = Frame.Of(Scene.B.Mac, Scene.A.Mac, packet);
        foreach (var mac in new[] { Scene.B.Mac, Scene.C.Mac, Scene.D.Mac, TestNetwork.Web.GatewayMac, new Model.Addressing.MacAddress(0) })
            Bytes.Equal(expected, Scene.Send(Scene.A, Frame.Of(mac, Scene.A.Mac, packet)).ReachesPort(Scene.B).Frame);
    }
}
