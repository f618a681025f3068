using System.Net;
using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Security;

/// <summary>Broadcast and multicast are not carried.</summary>
public sealed class GroupTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    private static readonly IPAddress s_linkLocal = IPAddress.Parse("fe80::ff:fe50:1");

    [Theory]
    [InlineData("255.255.255.255")]
    [InlineData("224.0.0.1")]
    [InlineData("224.0.0.251")]
    [InlineData("239.255.255.250")]
    [InlineData("ff02::1")]
    [InlineData("ff02::fb")]
    [InlineData("ff0e::1:3")]
    public void Group_ByItsAddress_IsDroppedAndCounted(string group)
    {
        Packet packet = Scene.A.To(IPAddress.Parse(group), Segment.Udp(5353, 5353));
        Scene.Send(Scene.A, Frame.Of(Frame.Broadcast, Scene.A.Mac, packet)).IsDropped(DropReason.Multicast);
        Scene.Send(Scene.A, Frame.Of(Scene.B.Mac, Scene.A.Mac, packet)).IsDropped(DropReason.Multicast);
        Assert.Equal(2ul, Scene.Drops(DropReason.Multicast));
    }

    [Theory, BothVersions]
    public void Group_ByItsMac_IsDropped(bool version6)
    {
        foreach (IPAddress target in new[] { Scene.B.Address(version6), TestNetwork.Web.Gateway(version6), IPAddress.Parse(version6 ? "2001:db8:99::1" : "9.9.9.9") })
        {
            foreach (var mac in new[] { Frame.Broadcast, NeighbourDiscovery.MacOf(IPAddress.Parse("ff02::1")), new Model.Addressing.MacAddress(0x0100_5E00_0001) })
                Scene.Send(Scene.A, Frame.Of(mac, Scene.A.Mac, Scene.A.To(target, Segment.Udp(1, 2)))).IsDropped(DropReason.Multicast);
        }
    }

    private List<(string Name, Packet Packet)> Chatter =>
    [
        ("IGMPv2 report", Scene.A.To(IPAddress.Parse("224.0.0.251"), Segment.Other(Protocols.Igmp, 0x16, 0, 9, 4, 224, 0, 0, 251)) with { Hops = 1, Options = [0x94, 4, 0, 0] }),
        ("IGMPv3 report", Scene.A.To(IPAddress.Parse("224.0.0.22"), Segment.Other(Protocols.Igmp, 0x22, 0, 0, 0, 0, 0, 0, 1, 4, 0, 0, 0, 224, 0, 0, 251)) with { Hops = 1 }),
        ("IGMP before there is an address", new Packet("0.0.0.0", "224.0.0.22", Segment.Other(Protocols.Igmp, 0x22, 0, 0, 0, 0, 0, 0, 0)) { Hops = 1 }),
        ("MLDv1 report", Mld(s_linkLocal, 131)),
        ("MLDv1 done", Mld(s_linkLocal, 132)),
        ("MLDv2 report", Mld(s_linkLocal, 143)),
        ("MLDv2 before there is an address", Mld(IPAddress.IPv6Any, 143)),
        ("router solicitation", new Packet(s_linkLocal, IPAddress.Parse("ff02::2"), Segment.Icmp(true, NeighbourDiscovery.RouterSolicitation)) { Hops = 255 }),
        ("router solicitation without an address", new Packet("::", "ff02::2", Segment.Icmp(true, NeighbourDiscovery.RouterSolicitation)) { Hops = 255 }),
        ("unsolicited advertisement", NeighbourDiscovery.Advertise(Scene.A.V6, IPAddress.Parse("ff02::1"), Scene.A.Mac)),
    ];

    [Fact]
    public void Chatter_OfEveryStack_IsDroppedWithoutAWord()
    {
        Scene.Watch();
        foreach ((string name, Packet packet) in Chatter)
        {
            Outcome outcome = Scene.Send(Scene.A, Frame.Of(Frame.Broadcast, Scene.A.Mac, packet));
            Assert.True(outcome.Action == Outcome.Shot && outcome.Reason == DropReason.Multicast, $"{name}: {outcome}");
        }
        Assert.Equal(0ul, Scene.AllDrops);
        Assert.Empty(Scene.TakeEvents());
        Assert.Equal(0ul, Scene.Statistics(Scene.A).DropsOut);
    }

    /// <summary>Such messages may come from addresses that are not the sender's own, so they must never reach anybody.</summary>
    [Fact]
    public void Chatter_ToOneAddress_IsNotDeliveredEither()
    {
        IPAddress[] targets4 = [Scene.B.V4, TestNetwork.Web.Gateway4, IPAddress.Parse("9.9.9.9"), TestUplink.Lan.V4!];
        IPAddress[] targets6 = [Scene.B.V6, TestNetwork.Web.Gateway6, IPAddress.Parse("2001:db8:99::1"), TestUplink.Lan.V6!];
        IPAddress[] sources4 = [Scene.A.V4, Scene.B.V4, TestNetwork.Web.Gateway4, IPAddress.Any, IPAddress.Parse("8.8.8.8")];
        IPAddress[] sources6 = [Scene.A.V6, s_linkLocal, IPAddress.Parse("fe80::bad"), IPAddress.IPv6Any];
        foreach ((string name, Packet packet) in Chatter)
        {
            foreach (IPAddress source in packet.IsVersion6 ? sources6 : sources4)
            {
                foreach (IPAddress target in packet.IsVersion6 ? targets6 : targets4)
                {
                    Outcome outcome = Scene.Send(Scene.A, packet with { Source = source, Destination = target });
                    Assert.True(outcome.Action == Outcome.Shot, $"{name} from {source} to {target}: {outcome}");
                }
            }
        }
    }

    private static Packet Mld(IPAddress source, byte type) => new(source, IPAddress.Parse("ff02::16"), Segment.Icmp(true, type, body: IPAddress.Parse("ff02::fb").GetAddressBytes()))
    {
        Hops = 1,
        // Router alert
        Extensions = [new Extension(Protocols.HopByHop, 0, 5, 2, 0, 0, 1, 0)],
    };
}
