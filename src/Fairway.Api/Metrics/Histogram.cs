namespace Fairway.Api.Metrics;

/// <summary>Durations counted into buckets, as Prometheus wants them.</summary>
internal sealed class Histogram(TimeProvider clock)
{
    /// <summary>
    /// Upper bounds in seconds. An attach is meant to take 2.5 ms: the bounds are dense around it and reach to where a client gives up.
    /// </summary>
    public static readonly double[] Bounds = [0.0005, 0.001, 0.0015, 0.002, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly long[] _counts = new long[Bounds.Length + 1];
    private long _ticks;

    /// <summary>Counts an operation that succeeds; a refused one says nothing about how fast the kernel is.</summary>
    public async Task<T> MeasureAsync<T>(Func<Task<T>> operation)
    {
        var start = clock.GetTimestamp();
        var result = await operation();
        Observe(clock.GetElapsedTime(start));
        return result;
    }

    public Task MeasureAsync(Func<Task> operation) => MeasureAsync(async () =>
    {
        await operation();
        return true;
    });

    public void Observe(TimeSpan duration)
    {
        var index = Array.BinarySearch(Bounds, duration.TotalSeconds);
        Interlocked.Increment(ref _counts[index < 0 ? ~index : index]);
        Interlocked.Add(ref _ticks, duration.Ticks);
    }

    /// <summary>Sum of all durations in seconds.</summary>
    public double Sum => TimeSpan.FromTicks(Interlocked.Read(ref _ticks)).TotalSeconds;

    /// <summary>Observations per bucket, not cumulative; the last one is for everything above the bounds.</summary>
    public long[] Counts() => [.. Enumerable.Range(0, _counts.Length).Select(index => Interlocked.Read(ref _counts[index]))];
}
