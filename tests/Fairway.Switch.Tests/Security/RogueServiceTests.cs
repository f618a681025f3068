using System.Net;
using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Security;

/// <summary>One endpoint must not tell the others where their router, their addresses or their names come from.</summary>
public sealed class RogueServiceTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    private static readonly IPAddress s_linkLocal = IPAddress.Parse("fe80::ff:fe50:1");
    private static readonly IPAddress s_allNodes = IPAddress.Parse("ff02::1");

    [Fact]
    public void RouterAdvertisement_IsDropped()
    {
        // Cur hop limit, flags, lifetime, timers; prefix option.
        Segment advertisement = Segment.Icmp(true, NeighbourDiscovery.RouterAdvertisement, rest: 0x4000_0708, body: [.. new byte[8], 3, 4, 64, 0xC0, .. new byte[28]]);
        foreach (IPAddress source in new[] { s_linkLocal, Scene.A.V6, IPAddress.IPv6Any })
        {
            foreach (IPAddress target in new[] { s_allNodes, Scene.B.V6, TestNetwork.Web.Gateway6 })
                Scene.Send(Scene.A, new Packet(source, target, advertisement) { Hops = 255 }).IsDropped(DropReason.RogueService);
        }
        var hidden = new Packet(Scene.A.V6, s_allNodes, advertisement) { Hops = 255, Extensions = [Extension.HopByHop, Extension.DestinationOptions()] };
        Scene.Send(Scene.A, hidden).IsDropped(DropReason.RogueService);
        Scene.Send(Scene.A, Scene.A.Frame((hidden with { Destination = Scene.B.V6 }).Fragment(0, 16))).IsDropped(DropReason.RogueService);
    }

    [Fact]
    public void Redirect_IsDropped()
    {
        Segment redirect6 = Segment.Icmp(true, NeighbourDiscovery.Redirect, body: [.. Scene.A.V6.GetAddressBytes(), .. IPAddress.Parse("2001:db8::1").GetAddressBytes()]);
        Scene.Send(Scene.A, new Packet(Scene.A.V6, Scene.B.V6, redirect6) { Hops = 255 }).IsDropped(DropReason.RogueService);
        Scene.Send(Scene.A, new Packet(Scene.A.V6, TestNetwork.Web.Gateway6, redirect6) { Hops = 255 }).IsDropped(DropReason.RogueService);
        Scene.Send(Scene.A, new Packet(s_linkLocal, Scene.B.V6, redirect6) { Hops = 255 }).IsDropped(DropReason.SourceAddress);

        byte[] about = Scene.B.To(IPAddress.Parse("9.9.9.9"), Segment.Udp(1, 2)).ToBytes()[..28];
        Segment redirect4 = Segment.Icmp(false, 5, 1, rest: 0x0A50_010B, body: about);
        Scene.Send(Scene.A, Scene.A.To(Scene.B, false, redirect4)).IsDropped(DropReason.RogueService);
        Scene.Send(Scene.A, Scene.A.To(TestNetwork.Web.Gateway4, redirect4)).IsDropped(DropReason.RogueService);
        // RFC 1256: a router advertises itself to IPv4 hosts.
        Scene.Send(Scene.A, Scene.A.To(Scene.B, false, Segment.Icmp(false, 9, body: new byte[8]))).IsDropped(DropReason.RogueService);
    }

    [Fact]
    public void DhcpServer_IsDropped()
    {
        byte[] offer = new byte[240];
        offer[0] = 2;
        foreach (string target in new[] { "10.80.1.12", "255.255.255.255", "10.80.1.1" })
            Scene.Send(Scene.A, Scene.A.To(IPAddress.Parse(target), Segment.Udp(67, 68, offer))).IsDropped(DropReason.RogueService);
        foreach (IPAddress target in new[] { Scene.B.V6, s_allNodes })
            Scene.Send(Scene.A, Scene.A.To(target, Segment.Udp(547, 546, [2, 0, 0, 1]))).IsDropped(DropReason.RogueService);
        Packet large = Scene.A.To(Scene.B, false, Segment.Udp(67, 68, new byte[600])) with { DontFragment = false };
        Scene.Send(Scene.A, Scene.A.Frame(large.Fragment(0, 400))).IsDropped(DropReason.RogueService);
    }

    [Fact]
    public void DhcpClient_IsNoRogue_ButIsNotCarried()
    {
        byte[] discover = new byte[240];
        discover[0] = 1;
        Scene.Send(Scene.A, Frame.Of(Frame.Broadcast, Scene.A.Mac, new Packet("0.0.0.0", "255.255.255.255", Segment.Udp(68, 67, discover)))).IsDropped(DropReason.SourceAddress);
        Scene.Send(Scene.A, Frame.Of(Frame.Broadcast, Scene.A.Mac, Scene.A.To(IPAddress.Broadcast, Segment.Udp(68, 67, discover)))).IsDropped(DropReason.Multicast);
        // Between two endpoints these ports mean nothing.
        Scene.Send(Scene.A, Scene.A.To(Scene.B, false, Segment.Udp(68, 67, discover))).ReachesPort(Scene.B);
    }
}
