using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Forwarding;

/// <summary>How fast a virtual machine may send. Rates are such that no test is as slow as they are.</summary>
public sealed class LimitTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    private const ulong Hour = 3_600_000_000_000;

    [Theory]
    [BothVersions]
    public void Packet_GoesWhenTheOneBefore_IsPaidFor(bool version6)
    {
        Scene.Limit(Scene.A, rate: 1, ahead: 0);
        Send(version6).ReachesPort(Scene.B);
        Send(version6).IsDropped(DropReason.RateLimit);
        // An hour later.
        LimitRow row = Scene.Maps.Limits.Find(Scene.A.Port)!.Value;
        Scene.Maps.Limits.Set(Scene.A.Port, row with { Until = row.Until - Hour });
        Send(version6).ReachesPort(Scene.B);
        Send(version6).IsDropped(DropReason.RateLimit);
    }

    [Fact]
    public void Packet_CostsItsLength_AtTheRate()
    {
        Scene.Limit(Scene.A, rate: 10, ahead: 0);
        byte[] frame = Scene.A.Frame(Scene.A.To(Scene.B, false, Segment.Udp(1, 2, new byte[58])));
        Scene.Send(Scene.A, frame).ReachesPort(Scene.B);
        ulong first = Scene.Maps.Limits.Find(Scene.A.Port)!.Value.Until;
        Scene.Maps.Limits.Set(Scene.A.Port, new LimitRow(10, Hour, first));
        Scene.Send(Scene.A, frame).ReachesPort(Scene.B);
        // 100 bytes at 10 a second.
        Assert.Equal(100, frame.Length);
        Assert.Equal(10_000_000_000ul, Scene.Maps.Limits.Find(Scene.A.Port)!.Value.Until - first);
    }

    [Fact]
    public void SomeMayBeAhead_AndNoMore()
    {
        // Three packets of 100 bytes make 300 seconds, the third when 200 are owed.
        Scene.Limit(Scene.A, rate: 1, ahead: 250_000_000_000);
        byte[] frame = Scene.A.Frame(Scene.A.To(Scene.B, false, Segment.Udp(1, 2, new byte[58])));
        for (int i = 0; i < 3; i++)
            Scene.Send(Scene.A, frame).ReachesPort(Scene.B);
        Scene.Send(Scene.A, frame).IsDropped(DropReason.RateLimit);
    }

    [Fact]
    public void OthersAreNotHeldBack_NorIsWhatAnEndpointReceives()
    {
        Scene.Limit(Scene.A, rate: 1, ahead: 0);
        Send(false);
        Send(false).IsDropped(DropReason.RateLimit);
        Scene.Send(Scene.B, Scene.B.To(Scene.A, false, Segment.Udp(1, 2))).ReachesPort(Scene.A);
        Scene.Send(Scene.C, Scene.C.To(Scene.B, false, Segment.Udp(1, 2))).ReachesPort(Scene.B);
    }

    [Fact]
    public void PortWithoutItsRow_IsClosed()
    {
        Scene.Change(Scene.A, row => row with { Flags = row.Flags | PortFlags.Limited });
        Send(false).IsDropped(DropReason.RateLimit);
    }

    private Outcome Send(bool version6) => Scene.Send(Scene.A, Scene.A.To(Scene.B, version6, Segment.Udp(1, 2)));
}
