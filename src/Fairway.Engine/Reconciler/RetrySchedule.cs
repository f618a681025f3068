namespace Fairway.Engine.Reconciler;

/// <summary>What the kernel refused and when to ask again: soon at first, then less and less often.</summary>
internal sealed class RetrySchedule(TimeProvider time, TimeSpan first, TimeSpan last)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RetryKey, Entry> _entries = [];
    private TaskCompletionSource _added = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Asks for another try.</summary>
    /// <param name="key">What failed.</param>
    /// <param name="publications">Publications of the endpoint to look at again.</param>
    public void Add(RetryKey key, params IEnumerable<uint> publications)
    {
        lock (_gate)
        {
            var attempts = _entries.TryGetValue(key, out var entry) ? entry.Attempts : 0;
            var wait = TimeSpan.FromTicks((long)Math.Min(first.Ticks * Math.Pow(2, attempts), last.Ticks));
            _entries[key] = new Entry(attempts + 1, time.GetUtcNow() + wait, [.. publications.Union(entry?.Publications ?? [])]);
            _added.TrySetResult();
        }
    }

    /// <summary>It worked, or nobody wants it any more.</summary>
    public void Forget(RetryKey key)
    {
        lock (_gate)
            _entries.Remove(key);
    }

    /// <summary>What is to be tried again by a time.</summary>
    public IReadOnlyList<(RetryKey Key, IReadOnlyCollection<uint> Publications)> Due(DateTimeOffset by)
    {
        lock (_gate)
            return [.. _entries.Where(entry => entry.Value.DueAt <= by).Select(entry => (entry.Key, entry.Value.Publications))];
    }

    /// <summary>Completes when something is due.</summary>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task added;
            DateTimeOffset? next;
            lock (_gate)
            {
                if (_added.Task.IsCompleted)
                    _added = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                added = _added.Task;
                next = _entries.Count > 0 ? _entries.Values.Min(entry => entry.DueAt) : null;
            }
            var wait = next is { } due ? due - time.GetUtcNow() : Timeout.InfiniteTimeSpan;
            if (next is not null && wait <= TimeSpan.Zero)
                return;
            using var woken = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            await Task.WhenAny(added, Task.Delay(wait, time, woken.Token)).ConfigureAwait(false);
            await woken.CancelAsync().ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private sealed record Entry(int Attempts, DateTimeOffset DueAt, IReadOnlyCollection<uint> Publications);
}
