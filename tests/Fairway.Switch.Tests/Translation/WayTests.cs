using System.Net;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Translation;

/// <summary>Endpoints whose packets leave otherwise than their network's: untranslated, with another address, by another next hop.</summary>
public sealed class WayTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    private static readonly WayRow s_untranslated = new() { Flags = WayFlags.Untranslated };
    private static readonly WayRow s_translated = new() { Flags = WayFlags.Translated };

    [Theory, BothVersions]
    public void Exception_LeavesAsItIs_AndTheAnswerComesBack(bool version6)
    {
        Scene.Lead(Scene.A, (Of(version6), s_untranslated));
        foreach ((Segment question, Segment answer) in Segments.Exchanges(version6))
        {
            Packet asked = Scene.A.To(Outside.Server(version6), question);
            Reading left = Scene.Send(Scene.A, asked).LeavesBy(TestUplink.Lan).Reading;
            Assert.Equal((Scene.A.Address(version6), (int)Reading.OfFrame(Scene.A.Frame(asked)).SourcePort), (left.Source, (int)left.SourcePort));
            Reading back = Scene.Receive(TestUplink.Lan, new Packet(Outside.Server(version6), Scene.A.Address(version6), answer)).ReachesPort(Scene.A).Reading;
            Assert.Equal((Outside.Server(version6), Scene.A.Address(version6)), (back.Source, back.Destination));
        }
        // Only what it asked for.
        Scene.Receive(TestUplink.Lan, new Packet(Outside.Client(version6), Scene.A.Address(version6), Segments.Syn(5555, 80))).Passes();
    }

    [Theory, BothVersions]
    public void LongestPrefix_Decides_AndOthersAreTranslatedAsUsual(bool version6)
    {
        Scene.Lead(Scene.A, (version6 ? "::/0" : "0.0.0.0/0", s_untranslated), (Of(version6), s_translated));
        Assert.Equal(TestUplink.Lan.Address(version6), Source(Scene.A, Outside.Server(version6)));
        Assert.Equal(Scene.A.Address(version6), Source(Scene.A, Outside.Client(version6)));
        Assert.Equal(TestUplink.Lan.Address(version6), Source(Scene.B, Outside.Client(version6)));
    }

    [Theory, BothVersions]
    public void VirtualAddress_IsWhatItLeavesWith(bool version6)
    {
        IPAddress address = IPAddress.Parse(version6 ? "2001:db8:2::77" : "192.0.2.77");
        Scene.Lead(Scene.A, (Of(version6), s_translated with { Source = new MappedAddress(address) }));
        Reading left = Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segment.Udp(4000, 123))).LeavesBy(TestUplink.Lan).Reading;
        Assert.Equal(address, left.Source);
        Scene.Receive(TestUplink.Lan, new Packet(Outside.Server(version6), address, Segment.Udp(123, left.SourcePort))).ReachesPort(Scene.A);
        Scene.BeginEpoch();
        // And goes on, though it is no address of the host.
        Assert.Equal(left.SourcePort, Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segment.Udp(4000, 123))).LeavesBy(TestUplink.Lan).Reading.SourcePort);
        Scene.Receive(TestUplink.Lan, new Packet(Outside.Server(version6), address, Segment.Udp(123, left.SourcePort))).ReachesPort(Scene.A);
    }

    [Theory, BothVersions]
    public void WayThatChanges_BeginsConnectionsAnew_InBothDirections(bool version6)
    {
        IPAddress server = Outside.Server(version6);
        Assert.Equal(TestUplink.Lan.Address(version6), Source(Scene.A, server));
        Scene.Lead(Scene.A, (Of(version6), s_untranslated));
        Assert.Equal(Scene.A.Address(version6), Source(Scene.A, server));
        Scene.Lead(Scene.A, (Of(version6), s_translated));
        // What comes for the former address is nobody's any more.
        Scene.Receive(TestUplink.Lan, new Packet(server, Scene.A.Address(version6), Segment.Udp(123, 4000))).Passes();
        Assert.Empty(Scene.Flows);
        Assert.Equal(TestUplink.Lan.Address(version6), Source(Scene.A, server));
    }

    [Theory, BothVersions]
    public void NextHop_ChoosesTheUplink(bool version6)
    {
        Scene.Lead(Scene.A, (Of(version6), s_translated with { Flags = WayFlags.Translated | WayFlags.Hop, NextHop = new MappedAddress(IPAddress.Parse(version6 ? "2001:db8:3::9" : "203.0.113.9")) }));
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(TestUplink.Bare.Address(version6), Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segment.Udp(4000, 123))).LeavesBy(TestUplink.Bare).Reading.Source);
            Scene.BeginEpoch();
        }
        Scene.Send(Scene.B, Scene.B.To(Outside.Server(version6), Segment.Udp(4000, 123))).LeavesBy(TestUplink.Lan);
    }

    [Theory, BothVersions]
    public void NextHop_OnTheSameUplink_GetsThePacket(bool version6)
    {
        IPAddress hop = IPAddress.Parse(version6 ? "2001:db8:2::9" : "192.0.2.9");
        Scene.Lead(Scene.A, (Of(version6), s_untranslated with { Flags = WayFlags.Untranslated | WayFlags.Hop, NextHop = new MappedAddress(hop) }));
        Reading left = Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segment.Udp(4000, 123))).LeavesBy(TestUplink.Lan).Reading;
        Assert.Equal(Scene.A.Address(version6), left.Source);
        Scene.Lead(Scene.A, (Of(version6), s_untranslated));
        Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segment.Udp(4000, 123))).LeavesBy(TestUplink.Lan);
        Assert.DoesNotContain(Scene.Flows, flow => (flow.Value.Flags & 8192) != 0);
    }

    [Theory, BothVersions]
    public void NetworkWithoutAWayOut_HasOneForWhomItIsGiven(bool version6)
    {
        Scene.Lead(Scene.E, (Of(version6), s_translated));
        Assert.Equal(TestUplink.Lan.Address(version6), Source(Scene.E, Outside.Server(version6)));
        Scene.Send(Scene.E, Scene.E.To(Outside.Client(version6), Segment.Udp(4000, 123))).IsDropped(DropReason.Isolated);
        Scene.Send(Scene.F, Scene.F.To(Outside.Server(version6), Segment.Udp(4000, 123))).IsDropped(DropReason.Isolated);
        // Other networks are no outside.
        Scene.Lead(Scene.E, (version6 ? "::/0" : "0.0.0.0/0", s_translated));
        Scene.Send(Scene.E, Scene.E.To(Scene.A.Address(version6), Segment.Udp(4000, 123))).IsDropped(DropReason.Isolated);
    }

    [Theory, BothVersions]
    public void Quota_OfItsOwn_IsKept(bool version6)
    {
        Scene.Change(Scene.A, row => row with { FlowQuota = 2 });
        for (int port = 0; port < 2; port++)
            Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segment.Udp(4000 + port, 123))).LeavesBy(TestUplink.Lan);
        Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segment.Udp(4002, 123))).IsDropped(DropReason.FlowQuota);
        Scene.Send(Scene.B, Scene.B.To(Outside.Server(version6), Segment.Udp(4002, 123))).LeavesBy(TestUplink.Lan);
    }

    private IPAddress Source(TestEndpoint endpoint, IPAddress server) => Scene.Send(endpoint, endpoint.To(server, Segment.Udp(4000, 123))).LeavesBy(TestUplink.Lan).Reading.Source;

    /// <summary>Where the server is.</summary>
    private static string Of(bool version6) => version6 ? "2001:db8:99::/48" : "9.9.9.0/24";
}
