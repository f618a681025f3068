using System.Net;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Host;

/// <summary>What the host sends into a network.</summary>
public sealed class HostSideTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    [Theory, BothVersions]
    public void Packet_OfTheHost_ReachesTheEndpoint(bool version6)
    {
        foreach (Segment segment in (Segment[])[
            Segments.Syn(), Segments.SynAck(80, 4000), Segment.Tcp(80, 4000, TcpFlags.Rst), Segment.Udp(4000, 53), Segment.UdpUnchecked(1, 2), Segment.EchoRequest(version6, 1),
            Segment.Icmp(version6, (byte)(version6 ? 1 : 3), 1, body: new byte[48]), Segment.Other(Protocols.Sctp, new byte[12])])
        {
            Packet packet = FromHost(Scene.A, version6, segment) with { Hops = 1 };
            Bytes.Equal(Frame.Of(Scene.A.Mac, TestNetwork.Web.GatewayMac, packet), Scene.SendFromHost(TestNetwork.Web, packet).ReachesPort(Scene.A).Frame);
        }
        Assert.Empty(Scene.Flows);
    }

    [Theory, BothVersions]
    public void Fragments_OfTheHost_ReachTheEndpoint(bool version6)
    {
        Packet large = FromHost(Scene.A, version6, Segment.Udp(1, 2, new byte[2000]));
        foreach (byte[] part in (byte[][])[large.Fragment(1200), large.Fragment(0, 1200)])
            Scene.SendFromHost(TestNetwork.Web, Frame.Of(TestNetwork.Web.GatewayMac, TestNetwork.Web.GatewayMac, part)).ReachesPort(Scene.A);
    }

    [Theory, BothVersions]
    public void Packet_OfTheHost_ReachesASecondAddress_AndInternalNetworks(bool version6)
    {
        IPAddress second = TestNetwork.Web.Address(version6, 77);
        Scene.AddAddress(Scene.B, second);
        Scene.SendFromHost(TestNetwork.Web, new Packet(TestNetwork.Web.Gateway(version6), second, Segment.Udp(1, 2))).ReachesPort(Scene.B);
        Scene.SendFromHost(TestNetwork.Inside, new Packet(TestNetwork.Inside.Gateway(version6), Scene.E.Address(version6), Segment.Udp(1, 2))).ReachesPort(Scene.E);
    }

    [Theory, BothVersions]
    public void Packet_FromAnotherDevice_IsUnpublished(bool version6)
    {
        Packet packet = new(Outside.Client(version6), Scene.A.Address(version6), Segments.Syn());
        foreach (int ingress in new[] { TestUplink.Lan.Link, HostNamespace.StrangeLink, HostNamespace.BlueLink, Scene.B.Link, 9999 })
            Scene.SendFromHost(TestNetwork.Web, packet, ingress).IsDropped(DropReason.Unpublished);
        // Also when there is nobody to protect.
        Scene.SendFromHost(TestNetwork.Web, packet with { Destination = TestNetwork.Web.Address(version6, 99) }, TestUplink.Lan.Link).IsDropped(DropReason.Unpublished);
        Assert.Equal(5ul, Scene.Statistics(Scene.A).DropsIn);
    }

    /// <summary>What an endpoint sent to the host and the host sends back by the same vNIC.</summary>
    [Theory, BothVersions]
    public void Packet_FromTheVnicItself_IsTheHostsOwn(bool version6)
        => Scene.SendFromHost(TestNetwork.Web, FromHost(Scene.A, version6, Segment.EchoReply(version6, 1)), HostNamespace.WebLink).ReachesPort(Scene.A);

    [Theory, BothVersions]
    public void Packet_ToNobody_IsDropped(bool version6)
    {
        foreach (IPAddress target in new[] { TestNetwork.Web.Address(version6, 99), Scene.D.Address(version6), TestNetwork.Web.Gateway(version6), Outside.Server(version6) })
            Scene.SendFromHost(TestNetwork.Web, new Packet(TestNetwork.Web.Gateway(version6), target, Segment.Udp(1, 2))).IsDropped(DropReason.NoSuchEndpoint);
    }

    [Theory, BothVersions]
    public void Target_ThatLeft_IsNotReached(bool version6)
    {
        Packet packet = FromHost(Scene.A, version6, Segment.Udp(1, 2));
        Scene.Close(Scene.A);
        Scene.SendFromHost(TestNetwork.Web, packet).IsDropped(DropReason.PortClosed);
        Scene.Open(Scene.A with { Network = TestNetwork.Blue });
        Scene.SendFromHost(TestNetwork.Web, packet).IsDropped(DropReason.PortClosed);
    }

    [Theory, BothVersions]
    public void Network_ThatIsNotOpen_TakesNothing(bool version6)
    {
        Scene.Maps.Networks.Set(TestNetwork.Web.Number, TestNetwork.Web.ToRow() with { Flags = NetworkFlags.Host });
        Scene.SendFromHost(TestNetwork.Web, FromHost(Scene.A, version6, Segment.Udp(1, 2))).IsDropped(DropReason.PortClosed);
    }

    [Theory]
    [InlineData("224.0.0.22", Protocols.Igmp)]
    [InlineData("224.0.0.251", Protocols.Udp)]
    [InlineData("255.255.255.255", Protocols.Udp)]
    [InlineData("ff02::16", Protocols.Icmp6)]
    [InlineData("ff02::2", Protocols.Icmp6)]
    [InlineData("ff02::fb", Protocols.Udp)]
    public void Group_IsNotCarried_AndThatIsNoNews(string group, byte protocol)
    {
        Scene.Watch();
        IPAddress address = IPAddress.Parse(group);
        Outcome outcome = Scene.SendFromHost(TestNetwork.Web, new Packet(TestNetwork.Web.Gateway(address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6), address, Segment.Other(protocol, 143, 0, 0, 0, 0, 0, 0, 0)));
        Assert.Equal((Outcome.Shot, DropReason.Multicast), (outcome.Action, outcome.Reason));
        Assert.Equal(0ul, Scene.AllDrops);
        Assert.Empty(Scene.TakeEvents());
    }

    [Fact]
    public void OtherThanIp_IsDropped()
    {
        byte[] question = Arp.Of(Arp.Request, TestNetwork.Web.GatewayMac, TestNetwork.Web.Gateway4, new(0), Scene.A.V4);
        Scene.SendFromHost(TestNetwork.Web, Frame.Of(Frame.Broadcast, TestNetwork.Web.GatewayMac, Frame.Arp, question)).IsDropped(DropReason.Protocol);
        Scene.SendFromHost(TestNetwork.Web, Frame.Of(Scene.A.Mac, TestNetwork.Web.GatewayMac, 0x88CC, new byte[20])).IsDropped(DropReason.Protocol);
    }

    private static Packet FromHost(TestEndpoint endpoint, bool version6, Segment segment) => new(endpoint.Network.Gateway(version6), endpoint.Address(version6), segment);
}
