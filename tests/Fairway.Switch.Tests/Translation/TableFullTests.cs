using Fairway.Model.Flows;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Translation;

/// <summary>With a switch of its own, whose flow table is full after two connections.</summary>
public sealed class TableFullTests : IDisposable
{
    private SwitchUnderTest? _switch;

    /// <summary>With an odd number of rows, the second one of a connection is the one too many.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Connection_WithoutTwoRows_IsNotOpened(uint rows)
    {
        _switch = new SwitchUnderTest(rows);
        var scene = new Scene(_switch);
        scene.Send(scene.A, scene.A.To(Outside.Server(false), Segment.Udp(4000, 123))).LeavesBy(TestUplink.Lan);
        scene.Send(scene.A, scene.A.To(Outside.Server(true), Segments.Syn())).LeavesBy(TestUplink.Lan);

        scene.Send(scene.A, scene.A.To(Outside.Server(false), Segment.Udp(4001, 123))).IsDropped(DropReason.FlowTableFull);
        scene.Send(scene.B, scene.B.To(Outside.Server(true), Segments.Syn())).IsDropped(DropReason.FlowTableFull);

        Assert.Equal(4, scene.Flows.Count);
        Assert.Equal((2u, 2u), scene.Usage(scene.A));
        Assert.Equal((0u, 0u), scene.Usage(scene.B));
        scene.Send(scene.A, scene.A.To(Outside.Server(false), Segment.Udp(4000, 123))).LeavesBy(TestUplink.Lan);

        scene.AgeAll(31);
        scene.Send(scene.A, scene.A.To(Outside.Server(false), Segment.Udp(4000, 123))).LeavesBy(TestUplink.Lan);
        Assert.Equal((2u, 2u), scene.Usage(scene.A));
    }

    public void Dispose() => _switch?.Dispose();
}
