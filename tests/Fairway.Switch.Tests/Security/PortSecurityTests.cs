using System.Net;
using System.Net.Sockets;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Addressing;
using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Security;

public sealed class PortSecurityTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    /// <summary>The daemon hears it before the switch does, so it is neither carried nor told as a drop.</summary>
    [Fact]
    public void DhcpClient_ThatIsAnsweredAtItsTap_IsKeptFromTheNetwork_InSilence()
    {
        byte[] discover = Frame.Of(Frame.Broadcast, Scene.A.Mac, new Packet(IPAddress.Any, IPAddress.Broadcast, Segment.Udp(68, 67)));
        Scene.Send(Scene.A, discover).IsDropped(DropReason.SourceAddress);
        Scene.Change(Scene.A, row => row with { Flags = row.Flags | PortFlags.Told });
        ulong before = Scene.AllDrops;
        Scene.Send(Scene.A, discover).IsDropped(DropReason.Multicast);
        Scene.Send(Scene.A, Scene.A.To(Scene.A.Network.Gateway4, Segment.Udp(68, 67))).IsDropped(DropReason.Multicast);
        Assert.Equal(before, Scene.AllDrops);
        Scene.Send(Scene.A, Frame.Of(Frame.Broadcast, Scene.A.Mac, new Packet(IPAddress.Any, IPAddress.Broadcast, Segment.Udp(68, 69)))).IsDropped(DropReason.SourceAddress);
    }

    [Theory, BothVersions]
    public void Sender_WithItsOwnAddresses_IsForwarded(bool version6)
        => Scene.Send(Scene.A, Scene.A.To(Scene.B, version6, Segment.Udp(4000, 5000))).ReachesPort(Scene.B);

    [Theory, BothVersions]
    public void Sender_WithAnotherMac_IsDropped(bool version6)
    {
        byte[] packet = Scene.A.To(Scene.B, version6, Segment.Udp(4000, 5000)).ToBytes();
        foreach (MacAddress mac in (MacAddress[])[Scene.B.Mac, TestNetwork.Web.GatewayMac, new(Scene.A.Mac.Value ^ 1), new(Scene.A.Mac.Value ^ 0x8000_0000_0000), Frame.Broadcast, new(0)])
            Scene.Send(Scene.A, Frame.Of(TestNetwork.Web.GatewayMac, mac, packet)).IsDropped(DropReason.SourceMac);
    }

    public static TheoryData<string> BorrowedSources =>
    [
        "10.80.1.12", "10.80.1.1", "10.80.1.99", "10.80.2.14", "192.0.2.10", "8.8.8.8", "127.0.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1", "169.254.1.1",
        "fd00:80:1::c", "fd00:80:1::1", "fd00:80:2::e", "2001:db8:2::10", "2001:db8::1", "::1", "::", "ff02::1", "fe80::1", "fe80::ff:fe50:1",
    ];

    [Theory]
    [MemberData(nameof(BorrowedSources))]
    public void Sender_WithAnAddressThatIsNotItsOwn_IsDropped(string source)
    {
        IPAddress address = IPAddress.Parse(source);
        bool version6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        IPAddress[] targets = [Scene.B.Address(version6), TestNetwork.Web.Gateway(version6), IPAddress.Parse(version6 ? "2001:db8:99::1" : "9.9.9.9")];
        Segment[] segments =
        [
            Segment.Tcp(4000, 80, TcpFlags.Syn), Segment.Udp(4000, 53), Segment.EchoRequest(version6, 1), Segment.Other(Protocols.Sctp, new byte[12]),
            Segment.Icmp(version6, (byte)(version6 ? 1 : 3), 1, body: new byte[48]),
        ];
        foreach (IPAddress target in targets)
        {
            foreach (Segment segment in segments)
                Scene.Send(Scene.A, new Packet(address, target, segment)).IsDropped(DropReason.SourceAddress);
        }
    }

    /// <summary>A port that publications lead to may answer from an address it was called by; that is no way to its neighbours' connections.</summary>
    [Theory, BothVersions]
    public void Published_InTheNameOfANeighboursConnection_IsDropped_AndTheConnectionStays(bool version6)
    {
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80);
        Scene.Change(Scene.B, row => row with { Flags = row.Flags | PortFlags.Published });
        Packet asked = Scene.A.To(Outside.Server(version6), Segment.Udp(4000, 123));
        Scene.Send(Scene.A, asked).LeavesBy(TestUplink.Lan);
        Scene.Send(Scene.B, asked).IsDropped(DropReason.SourceAddress);
        Assert.Equal(2, Scene.Flows.Count);
    }

    [Theory, BothVersions]
    public void Sender_WithAnyBitOfItsAddressChanged_IsDropped(bool version6)
    {
        byte[] own = Scene.A.Address(version6).GetAddressBytes();
        for (int bit = 0; bit < 8 * own.Length; bit++)
        {
            IPAddress source = new(own.With(bit / 8, (byte)(own[bit / 8] ^ 1 << bit % 8)));
            Scene.Send(Scene.A, new Packet(source, Scene.B.Address(version6), Segment.Udp(1, 2))).IsDropped(DropReason.SourceAddress);
        }
    }

    [Theory, BothVersions]
    public void SecondAddress_IsTheSendersOwn_WhileItStandsInTheTable(bool version6)
    {
        IPAddress second = TestNetwork.Web.Address(version6, 77);
        var packet = new Packet(second, Scene.B.Address(version6), Segment.Udp(4000, 5000));
        Scene.Send(Scene.A, packet).IsDropped(DropReason.SourceAddress);

        Scene.AddAddress(Scene.A, second);

        Scene.Send(Scene.A, packet).ReachesPort(Scene.B);
        Scene.Send(Scene.B, new Packet(second, Scene.A.Address(version6), Segment.Udp(1, 2))).IsDropped(DropReason.SourceAddress);
        Scene.Send(Scene.D, new Packet(second, Scene.A.Address(version6), Segment.Udp(1, 2))).IsDropped(DropReason.SourceAddress);
    }

    [Fact]
    public void Sender_OfOneVersionOnly_HasNoAddressOfTheOther()
    {
        TestEndpoint only4 = Scene.A with { V6 = IPAddress.IPv6None };
        Scene.Open(only4);
        Scene.Send(only4, new Packet(Scene.A.V6, Scene.B.V6, Segment.Udp(1, 2))).ReachesPort(Scene.B); // still in the table
        Scene.RemoveAddress(Scene.A, Scene.A.V6);
        Scene.Send(only4, new Packet(Scene.A.V6, Scene.B.V6, Segment.Udp(1, 2))).IsDropped(DropReason.SourceAddress);
        Scene.Send(only4, new Packet(IPAddress.IPv6Any, Scene.B.V6, Segment.Udp(1, 2))).IsDropped(DropReason.SourceAddress);
    }

    [Theory, BothVersions]
    public void Port_ThatIsNotOpen_TakesNothing(bool version6)
    {
        byte[] frame = Scene.A.Frame(Scene.A.To(Scene.B, version6, Segment.Udp(4000, 5000)));

        Scene.Close(Scene.A);
        Scene.Send(Scene.A, frame).IsDropped(DropReason.PortClosed);

        Scene.Open(Scene.A with { Flags = Dataplane.Switch.Layout.PortFlags.None });
        Scene.Send(Scene.A, frame).IsDropped(DropReason.PortClosed);

        Scene.Open(Scene.A);
        Scene.Send(Scene.A, frame).ReachesPort(Scene.B);
        foreach (uint number in (uint[])[0, 15, 16384, 20479, 20480, uint.MaxValue])
        {
            Scene.Maps.Links.Set((uint)Scene.A.Link, number);
            Scene.Send(Scene.A, frame).IsDropped(DropReason.PortClosed);
        }
        Scene.Maps.Links.Remove((uint)Scene.A.Link);
        Scene.Send(Scene.A, frame).IsDropped(DropReason.PortClosed);
    }

    [Theory, BothVersions]
    public void Port_OfANetworkThatIsNotOpen_TakesNothing(bool version6)
    {
        Scene.Maps.Networks.Set(TestNetwork.Web.Number, TestNetwork.Web.ToRow() with { Flags = Dataplane.Switch.Layout.NetworkFlags.Nat });
        Scene.Send(Scene.A, Scene.A.To(Scene.B, version6, Segment.Udp(4000, 5000))).IsDropped(DropReason.PortClosed);
        Scene.Maps.Networks.Set(TestNetwork.Web.Number, default);
        Scene.Send(Scene.A, Scene.A.To(Scene.B, version6, Segment.Udp(4000, 5000))).IsDropped(DropReason.PortClosed);
    }
}
