using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Fairway.Dns.Tests.Fixtures;

/// <summary>A clock that stands still and tells when somebody began to wait on it.</summary>
internal sealed class WatchedTime : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero)
            _timers.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Lets the time pass that somebody waits for; returns how long that was.</summary>
    /// <param name="only">Passes over other waits.</param>
    public async Task<TimeSpan> PassAsync(TimeSpan? only = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        TimeSpan time;
        do
        {
            time = await _timers.Reader.ReadAsync(patience.Token);
        }
        while (only is not null && time != only);
        Advance(time);
        return time;
    }
}
