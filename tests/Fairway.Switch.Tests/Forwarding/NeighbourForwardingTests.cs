using System.Net;
using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Forwarding;

/// <summary>Between endpoints of one network nothing of a packet changes but the MAC it is addressed to.</summary>
public sealed class NeighbourForwardingTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    private static Segment[] SegmentsOf(bool version6) =>
    [
        Segment.Tcp(4000, 80, TcpFlags.Syn, options: [2, 4, 5, 0xB4, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7]),
        Segment.Tcp(4000, 80, TcpFlags.Ack | TcpFlags.Psh, "GET / HTTP/1.1\r\n\r\n"u8.ToArray()),
        Segment.Tcp(4000, 80, TcpFlags.Fin | TcpFlags.Ack),
        Segment.Tcp(4000, 80, TcpFlags.Rst),
        Segment.Udp(4000, 53),
        Segment.Udp(4000, 53, []),
        Segment.UdpUnchecked(4000, 9),
        Segment.EchoRequest(version6, 77),
        Segment.EchoReply(version6, 77),
        Segment.Icmp(version6, (byte)(version6 ? 1 : 3), (byte)(version6 ? 4 : 3), body: new byte[48]),
        Segment.Other(Protocols.Sctp, new byte[12]),
        Segment.Other(Protocols.Gre, 0, 0, 8, 0, 1, 2, 3, 4),
        Segment.Other(Protocols.Esp, new byte[16]),
        Segment.Other(253),
    ];

    [Theory, BothVersions]
    public void Packet_OfAnyProtocol_ArrivesUnchanged(bool version6)
    {
        foreach (Segment segment in SegmentsOf(version6))
            ArrivesUnchanged(Scene.A.Frame(Scene.A.To(Scene.B, version6, segment) with { Hops = 1, TrafficClass = 0xB8 }));
        Assert.Empty(Scene.Flows);
    }

    [Theory, BothVersions]
    public void Fragment_OfAnyKind_ArrivesUnchanged(bool version6)
    {
        Packet large = Scene.A.To(Scene.B, version6, Segment.Udp(4000, 5000, new byte[3000])) with { DontFragment = false };
        foreach (uint identification in (uint[])[0, 1, 0x4242])
        {
            Packet one = large with { Identification = identification };
            // In any order, and without ever seeing the first one.
            ArrivesUnchanged(Scene.A.Frame(one.Fragment(1440, 1440)));
            ArrivesUnchanged(Scene.A.Frame(one.Fragment(2880)));
            ArrivesUnchanged(Scene.A.Frame(one.Fragment(0, 1440)));
        }
        Packet sctp = Scene.A.To(Scene.B, version6, Segment.Other(Protocols.Sctp, new byte[100]));
        ArrivesUnchanged(Scene.A.Frame(sctp.Fragment(0, 8)));
        ArrivesUnchanged(Scene.A.Frame(sctp.Fragment(8)));
    }

    [Fact]
    public void Options_AndExtensionHeaders_ArriveUnchanged()
    {
        ArrivesUnchanged(Scene.A.Frame(Scene.A.To(Scene.B, false, Segment.Udp(1, 2)) with { Options = [7, 7, 4, 0, 0, 0, 0, 0] }));
        ArrivesUnchanged(Scene.A.Frame(Scene.A.To(Scene.B, false, Segment.Udp(1, 2)) with { Options = [.. Enumerable.Repeat((byte)1, 40)] }));
        ArrivesUnchanged(Scene.A.Frame(Scene.A.To(Scene.B, true, Segment.Udp(1, 2)) with { Extensions = [Extension.HopByHop, Extension.DestinationOptions(2), Extension.DestinationOptions()] }));
        ArrivesUnchanged(Scene.A.Frame(Scene.A.To(Scene.B, true, Segment.Other(Protocols.NoNext))));
    }

    [Theory, BothVersions]
    public void Packet_ToASecondAddress_Arrives(bool version6)
    {
        IPAddress second = TestNetwork.Web.Address(version6, 77);
        Scene.AddAddress(Scene.B, second);
        Scene.Send(Scene.A, Scene.A.To(second, Segment.Udp(1, 2))).ReachesPort(Scene.B);
    }

    [Theory, BothVersions]
    public void Packet_ToItself_ComesBack(bool version6) => Scene.Send(Scene.A, Scene.A.To(Scene.A, version6, Segment.Udp(1, 2))).ReachesPort(Scene.A);

    [Theory, BothVersions]
    public void Target_ThatLeft_IsNotReached(bool version6)
    {
        byte[] frame = Scene.A.Frame(Scene.A.To(Scene.B, version6, Segment.Udp(1, 2)));
        Scene.Close(Scene.B);
        Scene.Send(Scene.A, frame).IsDropped(DropReason.PortClosed);
        Scene.Open(Scene.B with { Flags = Dataplane.Switch.Layout.PortFlags.None });
        Scene.Send(Scene.A, frame).IsDropped(DropReason.PortClosed);
        // The number belongs to an endpoint of another network now, the address row does not know yet.
        Scene.Open(Scene.B with { Network = TestNetwork.Blue });
        Scene.Send(Scene.A, frame).IsDropped(DropReason.PortClosed);
        Scene.RemoveAddress(Scene.B, Scene.B.Address(version6));
        Scene.Send(Scene.A, frame).IsDropped(DropReason.NoSuchEndpoint);
    }

    [Theory, BothVersions]
    public void Address_OfTwoNetworks_LeadsToTheSendersOwn(bool version6)
    {
        TestEndpoint twin = Scene.D with { V4 = Scene.B.V4, V6 = Scene.B.V6 };
        Scene.Open(twin);
        TestEndpoint asker = TestEndpoint.New(TestNetwork.Blue, 9);
        Scene.Open(asker);
        Scene.Send(asker, asker.To(twin, version6, Segment.Udp(1, 2))).ReachesPort(twin);
        Scene.Send(Scene.A, Scene.A.To(Scene.B, version6, Segment.Udp(1, 2))).ReachesPort(Scene.B);
    }

    [Theory, BothVersions]
    public void PrivateNetwork_Forwards(bool version6) => Scene.Send(Scene.G, Scene.G.To(Scene.H, version6, Segment.Udp(1, 2))).ReachesPort(Scene.H);

    [Theory, BothVersions]
    public void Packet_MuchLargerThanTheMtu_IsLeftToTheKernel(bool version6)
        => ArrivesUnchanged(Scene.A.Frame(Scene.A.To(Scene.B, version6, Segment.Tcp(1, 2, TcpFlags.Ack, new byte[2900]))));

    private void ArrivesUnchanged(byte[] frame)
    {
        byte[] expected = [.. frame];
        Scene.B.Mac.CopyTo(expected);
        Bytes.Equal(expected, Scene.Send(Scene.A, frame).ReachesPort(Scene.B).Frame);
    }
}
