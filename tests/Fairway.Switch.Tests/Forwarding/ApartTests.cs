using Fairway.Dataplane.Switch.Layout;
using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Forwarding;

/// <summary>An endpoint that is kept from the others of its network.</summary>
public sealed class ApartTests(SwitchUnderTest fixture) : SwitchTest(fixture)
{
    [Theory, BothVersions]
    public void Neighbours_AreNotReached_NorReachIt_AndEverythingElseIs(bool version6)
    {
        Scene.Change(Scene.A, row => row with { Flags = row.Flags | PortFlags.Apart });
        Scene.Send(Scene.A, Scene.A.To(Scene.B, version6, Segment.Udp(1, 2))).IsDropped(DropReason.Isolated);
        Scene.Send(Scene.B, Scene.B.To(Scene.A, version6, Segment.Udp(1, 2))).IsDropped(DropReason.Isolated);
        Scene.Send(Scene.B, Scene.B.To(Scene.C, version6, Segment.Udp(1, 2))).ReachesPort(Scene.C);
        Scene.Send(Scene.A, Scene.A.To(TestNetwork.Web.Gateway(version6), Segment.Udp(1, 53))).ReachesPort(Scene.WebResolver);
        Scene.Send(Scene.A, Scene.A.To(TestNetwork.Web.Gateway(version6), Segment.Udp(1, 2))).ReachesHost(TestNetwork.Web);
        Scene.Send(Scene.A, Scene.A.To(Outside.Server(version6), Segment.Udp(4000, 123))).LeavesBy(TestUplink.Lan);
        Scene.SendFromHost(TestNetwork.Web, new Packet(TestNetwork.Web.Gateway(version6), Scene.A.Address(version6), Segment.Udp(1, 2))).ReachesPort(Scene.A);
    }
}
