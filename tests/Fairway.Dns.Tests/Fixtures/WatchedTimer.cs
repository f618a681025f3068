namespace Fairway.Dns.Tests.Fixtures;

/// <summary>A timer that tells when whoever made it has no more use for it.</summary>
internal sealed class WatchedTimer(ITimer timer, TimeSpan dueTime) : ITimer
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TimeSpan DueTime { get; } = dueTime;

    public Task Ended => _ended.Task;

    public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

    public void Dispose()
    {
        timer.Dispose();
        _ended.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await timer.DisposeAsync();
        _ended.TrySetResult();
    }
}
