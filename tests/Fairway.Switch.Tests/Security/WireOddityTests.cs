using System.Net;
using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Security;

/// <summary>Packets no honest stack sends.</summary>
public sealed class WireOddityTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    private static readonly IPAddress s_outside4 = IPAddress.Parse("9.9.9.9");
    private static readonly IPAddress s_outside6 = IPAddress.Parse("2001:db8:99::1");

    [Fact]
    public void MappedAddress_OnTheWire_IsMalformed()
    {
        IPAddress own = Scene.A.V4.MapToIPv6();
        IPAddress other = Scene.B.V4.MapToIPv6();
        Scene.Send(Scene.A, new Packet(own, other, Segment.Udp(1, 2))).IsDropped(DropReason.Malformed);
        Scene.Send(Scene.A, new Packet(Scene.A.V6, other, Segment.Udp(1, 2))).IsDropped(DropReason.Malformed);
        Scene.Send(Scene.A, new Packet(own, Scene.B.V6, Segment.Udp(1, 2))).IsDropped(DropReason.Malformed);
        Scene.Send(Scene.A, new Packet(own, s_outside6, Segment.Udp(1, 2))).IsDropped(DropReason.Malformed);
        Scene.SendFromHost(TestNetwork.Web, new Packet(TestNetwork.Web.Gateway6, other, Segment.Udp(1, 2))).IsDropped(DropReason.Malformed);
        Scene.Receive(TestUplink.Lan, new Packet(s_outside6, TestUplink.Lan.V4!.MapToIPv6(), Segment.Udp(1, 2))).Passes();
    }

    [Theory]
    [InlineData(0x83)] // loose
    [InlineData(0x89)] // strict
    public void SourceRoute_OfIp4_IsMalformed(byte option)
    {
        byte[] route = [option, 7, 4, 9, 9, 9, 9];
        foreach (byte[] options in (byte[][])[[.. route, 0], [1, .. route], [1, 1, 1, 1, .. route, 1], [7, 7, 4, 0, 0, 0, 0, .. route, 1, 1], [0x94, 4, 0, 0, .. route, 0]])
        {
            foreach (IPAddress target in new[] { Scene.B.V4, TestNetwork.Web.Gateway4, s_outside4 })
                Scene.Send(Scene.A, Scene.A.To(target, Segment.Udp(1, 2)) with { Options = options }).IsDropped(DropReason.Malformed);
        }
    }

    [Fact]
    public void SourceRoute_BehindTheEndOfTheOptions_IsPadding()
    {
        byte[] options = [1, 1, 1, 0, 0x83, 3, 4, 0];
        Scene.Send(Scene.A, Scene.A.To(Scene.B, false, Segment.Udp(1, 2)) with { Options = options }).ReachesPort(Scene.B);
        // A value that looks like the option, inside a timestamp.
        Scene.Send(Scene.A, Scene.A.To(Scene.B, false, Segment.Udp(1, 2)) with { Options = [0x44, 8, 5, 0, 0x83, 7, 4, 0] }).ReachesPort(Scene.B);
    }

    [Fact]
    public void Options_ThatContradictThemselves_AreMalformed()
    {
        foreach (byte[] options in (byte[][])[[7, 0, 4, 0], [7, 1, 4, 0], [1, 1, 1, 7], [1, 1, 7, 3], [7, 9, 4, 0, 0, 0, 0, 0], [1, 1, 1, 1, 1, 1, 7, 255]])
            Scene.Send(Scene.A, Scene.A.To(Scene.B, false, Segment.Udp(1, 2)) with { Options = options }).IsDropped(DropReason.Malformed);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 1)]
    [InlineData(4, 2)]
    [InlineData(9, 255)]
    public void RoutingHeader_WithSegmentsLeft_IsMalformed(byte type, byte left)
    {
        foreach (IPAddress target in new[] { Scene.B.V6, TestNetwork.Web.Gateway6, s_outside6 })
        {
            Packet packet = Scene.A.To(target, Segment.Udp(1, 2)) with { Extensions = [Extension.Routing(type, left)] };
            Scene.Send(Scene.A, packet).IsDropped(DropReason.Malformed);
            Scene.Send(Scene.A, packet with { Extensions = [Extension.HopByHop, Extension.Routing(type, left), Extension.DestinationOptions()] }).IsDropped(DropReason.Malformed);
        }
    }

    [Fact]
    public void RoutingHeader_Used_IsForwarded()
        => Scene.Send(Scene.A, Scene.A.To(Scene.B, true, Segment.Udp(1, 2)) with { Extensions = [Extension.Routing(4, 0)] }).ReachesPort(Scene.B);

    [Fact]
    public void ExtensionHeaders_UpToFive_AreWalked_MoreAreMalformed()
    {
        for (int count = 1; count <= 9; count++)
        {
            Extension[] extensions = [.. Enumerable.Repeat(Extension.DestinationOptions(), count)];
            Outcome outcome = Scene.Send(Scene.A, Scene.A.To(Scene.B, true, Segment.Udp(1, 2)) with { Extensions = extensions });
            if (count <= 5)
                outcome.ReachesPort(Scene.B);
            else
                outcome.IsDropped(DropReason.Malformed);
        }
    }

    [Fact]
    public void ExtensionHeader_PastTheEnd_IsMalformed()
    {
        byte[] frame = Scene.A.Frame(Scene.A.To(Scene.B, true, Segment.Udp(1, 2)) with { Extensions = [Extension.DestinationOptions(3)] });
        Scene.Send(Scene.A, frame).ReachesPort(Scene.B);
        const int length = Frame.HeaderLength + 40 + 1;
        foreach (byte units in (byte[])[3, 4, 5, 100, 255])
            Scene.Send(Scene.A, frame.With(length, units)).IsDropped(DropReason.Malformed);
    }

    /// <summary>What lies behind the end the IP header states is not part of the packet: the receiver cuts it off, so nothing may be read from it.</summary>
    [Theory, BothVersions]
    public void TransportHeader_BehindTheEndOfThePacket_IsMalformed(bool version6)
    {
        foreach (Segment segment in (Segment[])[Segment.Tcp(4000, 80, TcpFlags.Syn), Segment.Udp(4000, 80), Segment.EchoRequest(version6, 1)])
        {
            byte needed = (byte)(segment.Protocol == Protocols.Tcp ? 20 : 8);
            byte[] bytes = segment.Between(Scene.A.Address(version6), Scene.B.Address(version6));
            for (int length = 0; length < needed; length++)
            {
                byte[] stated = Scene.A.Frame(Scene.A.To(Scene.B, version6, Segment.Other(segment.Protocol, bytes[..length])));
                Scene.Send(Scene.A, [.. stated, .. bytes[length..], .. new byte[20]]).IsDropped(DropReason.Malformed);
            }
        }
    }

    [Fact]
    public void ExtensionHeaders_ThatLeadBehindTheEndOfThePacket_AreMalformed()
    {
        byte[] udp = Segment.Udp(4000, 5000).Between(Scene.A.V6, Scene.B.V6);
        // One destination-options header, and the UDP header only behind the stated end.
        byte[] stated = Scene.A.Frame(Scene.A.To(Scene.B, true, Segment.Other(Protocols.DestinationOptions, [Protocols.Udp, 0, 1, 4, 0, 0, 0, 0])));
        Scene.Send(Scene.A, [.. stated, .. udp]).IsDropped(DropReason.Malformed);
        // The same in a first fragment, which would hide the ports of the others.
        byte[] fragment = Scene.A.Frame(Scene.A.To(Scene.B, true, Segment.Other(Protocols.Fragment, [Protocols.Udp, 0, 0, 1, 0, 0, 0, 9])));
        Scene.Send(Scene.A, [.. fragment, .. udp]).IsDropped(DropReason.Malformed);
        byte[] before = Scene.A.Frame(Scene.A.To(Scene.B, true, Segment.Other(Protocols.DestinationOptions, Protocols.Fragment, 0)));
        Scene.Send(Scene.A, [.. before, 1, 4, 0, 0, 0, 0, .. udp]).IsDropped(DropReason.Malformed);
    }

    [Theory, BothVersions]
    public void Padding_BehindThePacket_IsNotLookedAt(bool version6)
    {
        byte[] frame = Scene.A.Frame(Scene.A.To(Scene.B, version6, Segment.Udp(4000, 5000, [])));
        Scene.Send(Scene.A, [.. frame, .. new byte[18]]).ReachesPort(Scene.B);
        Scene.Send(Scene.A, [.. Scene.A.Frame(Scene.A.To(version6 ? s_outside6 : s_outside4, Segment.Udp(4000, 5000, []))), .. new byte[18]]).LeavesBy(TestUplink.Lan);
    }

    [Theory]
    [InlineData(0x05)]
    [InlineData(0x55)]
    [InlineData(0x65)]
    [InlineData(0xF5)]
    [InlineData(0x40)] // header lengths
    [InlineData(0x44)]
    [InlineData(0x4F)]
    public void FirstByte_OfIp4_ThatIsNone_IsMalformed(byte first)
        => Scene.Send(Scene.A, Scene.A.Frame(Scene.A.To(Scene.B, false, Segment.Udp(1, 2))).With(Frame.HeaderLength, first)).IsDropped(DropReason.Malformed);

    [Theory]
    [InlineData(0x05)]
    [InlineData(0x40)]
    [InlineData(0x50)]
    [InlineData(0x70)]
    public void FirstByte_OfIp6_ThatIsNone_IsMalformed(byte first)
        => Scene.Send(Scene.A, Scene.A.Frame(Scene.A.To(Scene.B, true, Segment.Udp(1, 2))).With(Frame.HeaderLength, first)).IsDropped(DropReason.Malformed);

    [Fact]
    public void TotalLength_OfIp4_ThatDoesNotCoverItsHeader_IsMalformed()
    {
        byte[] frame = Scene.A.Frame(Scene.A.To(Scene.B, false, Segment.Other(Protocols.Sctp, new byte[12])) with { Options = [1, 1, 1, 1] });
        Scene.Send(Scene.A, frame).ReachesPort(Scene.B);
        for (byte length = 0; length < 24; length++)
            Scene.Send(Scene.A, frame.With(Frame.HeaderLength + 2, 0, length)).IsDropped(DropReason.Malformed);
    }

    /// <summary>A segment of more than 64 KiB that the kernel has yet to cut states no length; anything else has to.</summary>
    [Theory, BothVersions]
    public void Length_IsLeftOut_BySegmentsYetToBeCutOnly(bool version6)
    {
        byte[] frame = Scene.A.Frame(Scene.A.To(Scene.B, version6, Segment.Tcp(1, 2, TcpFlags.Ack, new byte[3000]))).With(Frame.HeaderLength + (version6 ? 4 : 2), 0, 0);
        Scene.Send(Scene.A, frame).IsDropped(DropReason.Malformed);
        Outcome outcome = Scene.Send(Scene.A, frame, context => context with { GsoSize = 1000, GsoSegments = 3 });
        Assert.Equal((Verdict.Port, Scene.B.Port), (outcome.Verdict, outcome.Detail));
    }

    [Theory]
    [InlineData("2001:db8::1")] // as the loopback, but for the first word
    [InlineData("0:0:5::1")]
    [InlineData("::5:0:1")]
    [InlineData("::2")]
    [InlineData("2001:db8::ffff:9.9.9.9")] // as a mapped one
    [InlineData("0:0:5::ffff:9.9.9.9")]
    [InlineData("::9.9.9.9")]
    [InlineData("::fffe:9.9.9.9")]
    [InlineData("fec0::1")] // as a link-local one
    [InlineData("fe00::1")]
    [InlineData("128.0.0.1")]
    [InlineData("1.0.0.1")]
    public void Destination_ThatOnlyLooksLikeSomebodyHere_IsOutside(string destination)
        => Scene.Send(Scene.A, Scene.A.To(IPAddress.Parse(destination), Segment.Udp(1, 2))).LeavesBy(TestUplink.Lan);

    [Fact]
    public void TcpHeader_ShorterThanItself_IsMalformed()
    {
        byte[] frame = Scene.A.Frame(Scene.A.To(Scene.B, false, Segment.Tcp(4000, 80, TcpFlags.Syn)));
        foreach (byte words in (byte[])[0, 1, 4])
            Scene.Send(Scene.A, frame.With(Frame.HeaderLength + 20 + 12, (byte)(words << 4))).IsDropped(DropReason.Malformed);
    }

    /// <summary>ICMP belongs to IPv4 and ICMPv6 to IPv6; the other way round they are protocols like any unknown one.</summary>
    [Theory, BothVersions]
    public void Icmp_OfTheOtherVersion_IsNoIcmp(bool version6)
    {
        Segment stray = Segment.EchoRequest(!version6, 77) with { CoversAddresses = true };
        Scene.Send(Scene.A, Scene.A.To(Scene.B, version6, stray)).ReachesPort(Scene.B);
        Scene.Send(Scene.A, Scene.A.To(version6 ? s_outside6 : s_outside4, stray)).IsDropped(DropReason.Protocol);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("fe80::1")]
    [InlineData("febf::1")]
    public void Destination_ThatMeansSomebodyHere_IsIsolated(string destination)
    {
        IPAddress address = IPAddress.Parse(destination);
        bool version6 = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
        Scene.Publish(Scene.AnyAddress(version6), 8080, Scene.B, 80);
        foreach (TestEndpoint sender in new[] { Scene.A, Scene.E, Scene.G })
        {
            Scene.Send(sender, sender.To(address, Segment.Tcp(4000, 8080, TcpFlags.Syn))).IsDropped(DropReason.Isolated);
            Scene.Send(sender, sender.To(address, Segment.EchoRequest(version6, 1))).IsDropped(DropReason.Isolated);
        }
    }
}
