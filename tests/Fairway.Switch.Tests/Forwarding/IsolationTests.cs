using System.Net;
using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Forwarding;

public sealed class IsolationTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    private static Segment[] SegmentsOf(bool version6) =>
    [
        Segment.Tcp(4000, 80, TcpFlags.Syn), Segment.Tcp(80, 4000, TcpFlags.Syn | TcpFlags.Ack), Segment.Tcp(4000, 80, TcpFlags.Ack), Segment.Udp(4000, 80), Segment.EchoRequest(version6, 1),
    ];

    [Theory, BothVersions]
    public void Network_DoesNotReachAnother(bool version6)
    {
        foreach (Segment segment in SegmentsOf(version6))
        {
            Scene.Send(Scene.A, Scene.A.To(Scene.D, version6, segment)).IsDropped(DropReason.Isolated);
            Scene.Send(Scene.A, Scene.A.To(Scene.E, version6, segment)).IsDropped(DropReason.Isolated);
            Scene.Send(Scene.D, Scene.D.To(Scene.A, version6, segment)).IsDropped(DropReason.Isolated);
        }
    }

    [Theory, BothVersions]
    public void InternalAndPrivateNetworks_HaveNoWayOut(bool version6)
    {
        IPAddress outside = IPAddress.Parse(version6 ? "2001:db8:99::1" : "9.9.9.9");
        foreach (TestEndpoint sender in new[] { Scene.E, Scene.G })
        {
            foreach (IPAddress target in new[] { outside, Scene.A.Address(version6), Scene.D.Address(version6), TestNetwork.Web.Gateway(version6), sender.Network.Address(version6, 99) })
            {
                foreach (Segment segment in SegmentsOf(version6))
                    Scene.Send(sender, sender.To(target, segment)).IsDropped(DropReason.Isolated);
                Scene.Send(sender, sender.To(target, Segment.Other(Protocols.Sctp, new byte[12]))).IsDropped(DropReason.Isolated);
            }
        }
        Assert.Empty(Scene.Flows);
    }

    [Theory, BothVersions]
    public void Address_OfTheOwnNetworkThatNobodyHas_IsNoSuchEndpoint(bool version6)
        => Scene.Send(Scene.A, Scene.A.To(TestNetwork.Web.Address(version6, 99), Segment.Tcp(4000, 80, TcpFlags.Syn))).IsDropped(DropReason.NoSuchEndpoint);

    /// <summary>Docker's bridge, say: the host would forward there, the switch does not.</summary>
    [Theory, BothVersions]
    public void Device_ThatIsNoUplink_IsIsolated(bool version6)
        => Scene.Send(Scene.A, Scene.A.To(IPAddress.Parse(version6 ? "2001:db8:30::5" : "172.30.0.5"), Segment.Tcp(4000, 80, TcpFlags.Syn))).IsDropped(DropReason.Isolated);

    [Fact]
    public void Protocol_ThatIsNotTranslated_HasNoWayOut()
    {
        foreach (byte protocol in (byte[])[Protocols.Sctp, Protocols.Gre, Protocols.Esp, 4, 41, 253])
        {
            Scene.Send(Scene.A, Scene.A.To(IPAddress.Parse("9.9.9.9"), Segment.Other(protocol, new byte[20]))).IsDropped(DropReason.Protocol);
            Scene.Send(Scene.A, Scene.A.To(IPAddress.Parse("2001:db8:99::1"), Segment.Other(protocol, new byte[20]))).IsDropped(DropReason.Protocol);
        }
        // ICMP other than echo: timestamp, address mask.
        Scene.Send(Scene.A, Scene.A.To(IPAddress.Parse("9.9.9.9"), Segment.Icmp(false, 13, body: new byte[12]))).IsDropped(DropReason.Protocol);
    }
}
