using System.Diagnostics;
using Fairway.Linux.Bpf;
using Fairway.Switch.Tests.Fixtures;
using Fairway.Switch.Tests.Wire;

namespace Fairway.Switch.Tests.Connections;

/// <summary>With a switch of its own: once started, the sweeper never stops.</summary>
public sealed class SweeperTests : IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(15);

    private readonly SwitchUnderTest _switch = new();

    [Fact]
    public async Task Sweeper_TakesAwayWhatExpired_AndNothingElse()
    {
        var scene = new Scene(_switch);
        Start();
        // A's connection: silent for too long. B's: in one direction only. C's: seen in the next second, as if the clock ticked during the sweep.
        scene.Send(scene.A, scene.A.To(Outside.Server(false), Segment.Udp(4000, 123))).LeavesBy(TestUplink.Lan);
        scene.AgeAll(31);
        scene.Send(scene.B, scene.B.To(Outside.Server(true), Segment.Udp(4000, 123))).LeavesBy(TestUplink.Lan);
        scene.Age(scene.Flows.Single(flow => flow.Value.InPort == scene.B.Port).Key, 1000);
        scene.Send(scene.C, scene.C.To(Outside.Server(false), Segment.Udp(4000, 123))).LeavesBy(TestUplink.Lan);
        foreach (var flow in scene.Flows.Where(flow => flow.Value.Owner == scene.C.Port))
            scene.Age(flow.Key, -8);

        await Until(() => scene.Flows.All(flow => flow.Value.Owner != scene.A.Port));

        Assert.Equal((0u, 0u), scene.Usage(scene.A));
        Assert.Equal((1u, 1u), scene.Usage(scene.B));
        Assert.Equal((1u, 1u), scene.Usage(scene.C));
        Assert.Equal(4, scene.Flows.Count);
    }

    [Fact]
    public async Task Sweeper_StartedAgain_GoesOn()
    {
        var scene = new Scene(_switch);
        Start();
        Start();
        for (int i = 0; i < 50; i++)
            scene.Send(scene.A, scene.A.To(Outside.Server(false), Segment.Udp(4000 + 2 * i, 123))).LeavesBy(TestUplink.Lan);
        scene.AgeAll(31);
        await Until(() => scene.Flows.Count == 0);
        Assert.Equal((0u, 0u), scene.Usage(scene.A));
    }

    public void Dispose() => _switch.Dispose();

    private void Start() => Assert.Equal(0u, _switch.StartSweeper.Run(new BpfTestRun { Packet = new byte[64] }).ReturnValue);

    private static async Task Until(Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!condition())
        {
            Assert.True(watch.Elapsed < s_deadline, "the sweeper did not come by");
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
