using CsCheck;
using Fairway.Engine.Planner;
using Fairway.Engine.Tests.Fixtures;
using Fairway.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Fairway.Engine.Tests.Histories;

public sealed class HistoryTests
{
    [Fact]
    public Task AnyHistory_KeepsStorePlanAndKernelInAgreement() => History.Steps.SampleAsync(async steps =>
    {
        await using var host = await TestEngine.StartAsync(time: new FakeTimeProvider());
        var history = new History(host);
        foreach (var step in steps)
        {
            await history.RunAsync(step);
            Invariants.Check(host.Engine.Store.Current);
            await Invariants.ComeToRestAsync(host, TestContext.Current.CancellationToken);
            AssertPlanIsWhole(host);
        }
        var kernel = host.Kernel.Dump();
        // That something was repaired is written after the kernel agrees again; an engine that has stopped has written everything.
        var engine = host.Engine;
        await host.StopAsync();
        var before = StateText.Of(engine.Store.Current);
        await host.StartAsync();
        Assert.Equal(before, StateText.Of(host.Engine.Store.Current));
        Assert.Equal(kernel, host.Kernel.Dump());
    }, iter: 60, threads: 1, print: steps => string.Join(' ', steps));

    /// <summary>Planning write by write has given what planning everything gives.</summary>
    private static void AssertPlanIsWhole(TestEngine host)
    {
        var whole = new HostPlanner(new LinkNames(host.Options.Instance)).Plan(host.Engine.Store.Current);
        var followed = host.Engine.Plans!.Current;
        Assert.Equal(whole.Networks.ToDictionary(), followed.Networks.ToDictionary());
        Assert.Equal(whole.Endpoints.ToDictionary(), followed.Endpoints.ToDictionary());
        Assert.Equal(whole.Publications.ToDictionary(), followed.Publications.ToDictionary());
        Assert.Equal(whole.Ways.ToDictionary(), followed.Ways.ToDictionary());
        Assert.Equal(whole.Sidecars.ToDictionary(), followed.Sidecars.ToDictionary());
    }
}
