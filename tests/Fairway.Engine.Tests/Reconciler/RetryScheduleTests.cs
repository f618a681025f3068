using Fairway.Engine.Reconciler;
using Microsoft.Extensions.Time.Testing;

namespace Fairway.Engine.Tests.Reconciler;

public sealed class RetryScheduleTests
{
    private static readonly RetryKey s_key = RetryKey.Endpoint(Guid.NewGuid());

    private readonly FakeTimeProvider _time = new();
    private readonly RetrySchedule _schedule;

    public RetryScheduleTests() => _schedule = new RetrySchedule(_time, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Waits_DoubleUpToTheLongest()
    {
        foreach (var wait in (int[])[1, 2, 4, 8, 10, 10])
        {
            _schedule.Add(s_key);
            _time.Advance(TimeSpan.FromSeconds(wait) - TimeSpan.FromMilliseconds(1));
            Assert.Empty(_schedule.Due(_time.GetUtcNow()));
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal(s_key, Assert.Single(_schedule.Due(_time.GetUtcNow())).Key);
        }
        _schedule.Forget(s_key);
        _schedule.Add(s_key);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(_schedule.Due(_time.GetUtcNow()));
    }

    [Fact]
    public void Publications_OfSeveralFailures_AreAllLookedAtAgain()
    {
        _schedule.Add(s_key, 1, 2);
        _schedule.Add(s_key, 2, 3);
        Assert.Equal([1u, 2u, 3u], Assert.Single(_schedule.Due(DateTimeOffset.MaxValue)).Publications.Order());
    }

    [Fact]
    public async Task Wait_CompletesWhenSomethingIsDue_EvenWhenAddedLater()
    {
        var due = _schedule.WaitAsync(Cancellation);
        _schedule.Add(s_key);
        Assert.False(due.IsCompleted);
        // The waiting side notices the addition on its own thread before it looks at the clock.
        while (!due.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
        await due;
        Assert.Single(_schedule.Due(_time.GetUtcNow()));
    }

    [Fact]
    public async Task Wait_CanBeStopped()
    {
        using var stop = new CancellationTokenSource();
        var due = _schedule.WaitAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => due);
    }
}
