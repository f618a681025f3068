using System.Net;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Translation;

/// <summary>Packets that find no way out, and what their sender is told.</summary>
public sealed class RefusalTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    private const int QuotedOther = 8;
    private const int QuotedTcp = 20;

    [Theory]
    [InlineData("10.200.0.1")] // prohibited
    [InlineData("10.201.0.1")] // unreachable
    [InlineData("10.202.0.1")] // blackholed
    [InlineData("10.203.0.1")] // no route at all
    [InlineData("2001:db8:200::1")]
    [InlineData("2001:db8:201::1")]
    [InlineData("2001:db8:202::1")]
    [InlineData("2001:db8:203::1")]
    [InlineData("10.80.1.255")] // everybody in a subnet
    public void Destination_WithoutARoute_IsRefused(string destination)
    {
        IPAddress address = IPAddress.Parse(destination);
        bool version6 = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
        foreach ((Segment question, _) in Segments.Exchanges(version6))
            IsRefused(Scene.A.To(address, question), DropReason.NoRoute);
        Assert.Empty(Scene.Flows);
        Assert.Equal((0u, 0u), Scene.Usage(Scene.A));
    }

    [Fact]
    public void Uplink_WithoutAnAddressOfTheVersion_IsRefused()
        => IsRefused(Scene.A.To(IPAddress.Parse("2001:db8:51::1"), Segments.Syn()), DropReason.NoSourceAddress);

    [Fact]
    public void Uplink_ThatLostItsAddress_IsRefused()
    {
        Scene.Open(TestUplink.Lan with { V4 = null });
        IsRefused(Scene.A.To(Outside.Server(false), Segments.Syn()), DropReason.NoSourceAddress);
        Scene.Send(Scene.A, Scene.A.To(Outside.Server(true), Segments.Syn())).LeavesBy(TestUplink.Lan);
    }

    [Theory, BothVersions]
    public void Uplink_ThatIsGone_IsIsolated(bool version6)
    {
        Scene.Maps.Uplinks.Remove((uint)TestUplink.Lan.Link);
        Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segments.Syn())).IsDropped(DropReason.Isolated);
    }

    [Theory, BothVersions]
    public void TimeToLive_RunOut_IsTold(bool version6)
    {
        foreach ((Segment question, _) in Segments.Exchanges(version6))
        {
            foreach (byte hops in (byte[])[0, 1])
            {
                Packet packet = Scene.A.To(Outside.Server(version6), question) with { Hops = hops };
                Bytes.Equal(Error(packet, version6 ? (byte)3 : (byte)11, 0, 0), Scene.Send(Scene.A, packet).IsAnswered().Frame);
            }
            Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), question) with { Hops = 2 }).LeavesBy(TestUplink.Lan);
        }
        Assert.Equal(8ul, Scene.Drops(DropReason.TtlExpired));
    }

    [Theory, BothVersions]
    public void TimeToLive_OfAnAnswer_RunOut_IsToldToTheOutside(bool version6)
    {
        int port = Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segment.Udp(4000, 123))).Reading.SourcePort;
        Packet answer = new Packet(Outside.Server(version6), TestUplink.Lan.Address(version6), Segment.Udp(123, port)) { Hops = 1 };
        Packet error = new(answer.Destination, answer.Source, Segment.Icmp(version6, (byte)(version6 ? 3 : 11), body: Quote(answer, QuotedOther)));
        Bytes.Equal(Frame.Of(TestUplink.RouterMac, TestUplink.Lan.Mac, error with { Identification = 0, DontFragment = false }), Scene.Receive(TestUplink.Lan, answer).IsAnswered().Frame);
    }

    /// <summary>RFC 1122, 3.2.2 and RFC 4443, 2.4.</summary>
    [Theory, BothVersions]
    public void Errors_AreNotTold_AboutErrorsAndLaterFragments(bool version6)
    {
        IPAddress nowhere = IPAddress.Parse(version6 ? "2001:db8:200::1" : "10.200.0.1");
        Packet large = Scene.A.To(nowhere, Segment.Udp(4000, 123, new byte[100]));
        Scene.Send(Scene.A, Scene.A.Frame(large.Fragment(0, 80))); // the switch learns the ports
        Scene.Send(Scene.A, Scene.A.Frame(large.Fragment(80))).IsDropped(DropReason.NoRoute);

        Packet asked = Scene.A.To(Outside.Server(version6), Segment.Udp(4000, 123));
        Scene.Send(Scene.A, asked).LeavesBy(TestUplink.Lan);
        Packet answer = new(Outside.Server(version6), Scene.A.Address(version6), Segment.Udp(123, 4000));
        Packet error = Scene.A.To(Outside.Server(version6), Segment.Icmp(version6, (byte)(version6 ? 1 : 3), 3, body: answer.ToBytes()));
        Scene.Send(Scene.A, error with { Hops = 1 }).IsDropped(DropReason.TtlExpired);
    }

    [Fact]
    public void Errors_AreNotTold_AboutPacketsWithOptionsOrExtensionHeaders()
    {
        Scene.Send(Scene.A, Scene.A.To(IPAddress.Parse("10.200.0.1"), Segments.Syn()) with { Options = [1, 1, 1, 1] }).IsDropped(DropReason.NoRoute);
        Scene.Send(Scene.A, Scene.A.To(IPAddress.Parse("2001:db8:200::1"), Segments.Syn()) with { Extensions = [Extension.HopByHop] }).IsDropped(DropReason.NoRoute);
    }

    [Theory, BothVersions]
    public void Reset_OpensNothing(bool version6)
    {
        Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segment.Tcp(4000, 443, TcpFlags.Rst))).IsDropped(DropReason.InvalidState);
        Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segment.Tcp(4000, 443, TcpFlags.Rst | TcpFlags.Ack))).IsDropped(DropReason.InvalidState);
        Assert.Empty(Scene.Flows);
    }

    [Theory, BothVersions]
    public void Quota_IsTheEndpointsOwn(bool version6)
    {
        Scene.Configure((ref ConfigRow row) => row.FlowQuota = 3);
        for (int i = 0; i < 3; i++)
            Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segment.Udp(4000 + 2 * i, 123))).LeavesBy(TestUplink.Lan);

        Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segment.Udp(4006, 123))).IsDropped(DropReason.FlowQuota);

        Assert.Equal((3u, 3u), Scene.Usage(Scene.A));
        Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segment.Udp(4000, 123))).LeavesBy(TestUplink.Lan);
        Scene.Send(Scene.B, Scene.B.To(Outside.Server(version6), Segment.Udp(4006, 123))).LeavesBy(TestUplink.Lan);
        // An expired one makes room when somebody asks for it.
        Scene.AgeAll(31);
        Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segment.Udp(4002, 123))).LeavesBy(TestUplink.Lan);
        Assert.Equal((3u, 3u), Scene.Usage(Scene.A));
    }

    [Theory, BothVersions]
    public void HalfOpenQuota_CountsUntilTheAnswer(bool version6)
    {
        Scene.Configure((ref ConfigRow row) => row.HalfOpenQuota = 2);
        int port = Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segments.Syn(4000))).LeavesBy(TestUplink.Lan).Reading.SourcePort;
        Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segments.Syn(4001))).LeavesBy(TestUplink.Lan);

        Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segments.Syn(4002))).IsDropped(DropReason.HalfOpenQuota);
        Assert.Equal((2u, 2u), Scene.Usage(Scene.A));
        Scene.Send(Scene.B, Scene.B.To(Outside.Server(version6), Segments.Syn(4002))).LeavesBy(TestUplink.Lan);

        Packet answer = new(Outside.Server(version6), TestUplink.Lan.Address(version6), Segments.SynAck(443, port));
        Scene.Receive(TestUplink.Lan, answer).ReachesPort(Scene.A);
        Assert.Equal((2u, 1u), Scene.Usage(Scene.A));
        Scene.Receive(TestUplink.Lan, answer).ReachesPort(Scene.A);
        Assert.Equal((2u, 1u), Scene.Usage(Scene.A));
        Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segments.Syn(4002))).LeavesBy(TestUplink.Lan);
        Assert.Equal((3u, 2u), Scene.Usage(Scene.A));
    }

    private void IsRefused(Packet packet, DropReason reason)
    {
        ulong before = Scene.Drops(reason);
        Bytes.Equal(Error(packet, packet.IsVersion6 ? (byte)1 : (byte)3, 0, 0), Scene.Send(Scene.A, packet).IsAnswered().Frame);
        Assert.Equal(before + 1, Scene.Drops(reason));
    }

    private byte[] Error(Packet about, byte type, byte code, uint rest)
    {
        byte[] quote = Quote(about, about.Segment.Protocol == Protocols.Tcp ? QuotedTcp : QuotedOther);
        Packet error = new(TestNetwork.Web.Gateway(about.IsVersion6), about.Source, Segment.Icmp(about.IsVersion6, type, code, rest, quote));
        return Frame.Of(Scene.A.Mac, TestNetwork.Web.GatewayMac, error with { Identification = 0, DontFragment = false });
    }

    private static byte[] Quote(Packet packet, int length) => packet.ToBytes()[..((packet.IsVersion6 ? 40 : 20) + length)];
}
