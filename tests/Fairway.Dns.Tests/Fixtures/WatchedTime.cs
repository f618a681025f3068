using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Fairway.Dns.Tests.Fixtures;

/// <summary>A clock that stands still and tells when somebody began to wait on it, and when they gave the wait up.</summary>
internal sealed class WatchedTime : FakeTimeProvider
{
    private readonly Channel<WatchedTimer> _timers = Channel.CreateUnbounded<WatchedTimer>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WatchedTimer(base.CreateTimer(callback, state, dueTime, period), dueTime);
        if (dueTime > TimeSpan.Zero)
            _timers.Writer.TryWrite(timer);
        return timer;
    }

    /// <summary>Lets the time pass that somebody waits for; returns how long that was.</summary>
    /// <param name="only">Passes over other waits.</param>
    public async Task<TimeSpan> PassAsync(TimeSpan? only = null)
    {
        using CancellationTokenSource patience = Patience();
        TimeSpan time;
        do
        {
            time = (await _timers.Reader.ReadAsync(patience.Token)).DueTime;
        }
        while (only is not null && time != only);
        Advance(time);
        return time;
    }

    /// <summary>Waits until somebody who waits has given up without any time passing, for what they waited for came; returns how long
    /// they would have waited.</summary>
    public async Task<TimeSpan> GivenUpAsync()
    {
        using CancellationTokenSource patience = Patience();
        WatchedTimer timer = await _timers.Reader.ReadAsync(patience.Token);
        await timer.Ended.WaitAsync(patience.Token);
        return timer.DueTime;
    }

    private static CancellationTokenSource Patience()
    {
        var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        return patience;
    }
}
