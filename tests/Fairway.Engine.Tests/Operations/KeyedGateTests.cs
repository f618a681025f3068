using Fairway.Engine.Operations;

namespace Fairway.Engine.Tests.Operations;

public sealed class KeyedGateTests
{
    [Fact]
    public async Task Enter_LetsOneInAtATime_InOrder()
    {
        var gate = new KeyedGate<int>();
        var first = await gate.EnterAsync(1);
        var second = gate.EnterAsync(1).AsTask();
        var third = gate.EnterAsync(1).AsTask();
        Assert.False(second.IsCompleted);
        first.Dispose();
        (await second).Dispose();
        (await third).Dispose();
        (await gate.EnterAsync(1)).Dispose();
    }

    [Fact]
    public async Task Enter_ByAnotherKey_DoesNotWait()
    {
        var gate = new KeyedGate<int>();
        using var first = await gate.EnterAsync(1);
        using var other = await gate.EnterAsync(2);
        Assert.False(gate.WhenFreeAsync(1).AsTask().IsCompleted);
        Assert.True(gate.WhenFreeAsync(3).AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Enter_FromManyThreads_NeverOverlaps()
    {
        var gate = new KeyedGate<int>();
        var inside = new int[3];
        await Task.WhenAll(Enumerable.Range(0, 3000).Select(i => Task.Run(async () =>
        {
            using var pass = await gate.EnterAsync(i % 3);
            Assert.Equal(1, Interlocked.Increment(ref inside[i % 3]));
            await Task.Yield();
            Interlocked.Decrement(ref inside[i % 3]);
        })));
    }
}
