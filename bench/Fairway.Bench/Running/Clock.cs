using System.Diagnostics;

namespace Fairway.Bench.Running;

internal static class Clock
{
    /// <summary>How many milliseconds an action takes.</summary>
    public static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Does something with every item at once, a thread each, and says how many milliseconds each took and all together.</summary>
    public static (double[] Each, double All) TimeAtOnce<T>(IReadOnlyList<T> items, Action<T> action)
    {
        double[] each = new double[items.Count];
        var failures = new Exception?[items.Count];
        using var gate = new ManualResetEventSlim();
        Thread[] threads = [.. items.Select((item, i) => new Thread(() =>
        {
            gate.Wait();
            try
            {
                each[i] = Time(() => action(item));
            }
            catch (Exception e)
            {
                failures[i] = e;
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        double all = Time(() =>
        {
            gate.Set();
            foreach (Thread thread in threads)
                thread.Join();
        });
        return failures.OfType<Exception>().ToArray() is { Length: > 0 } failed
            ? throw new InvalidOperationException($"{failed.Length} of {items.Count} at once failed, the first: {failed[0].Message}", failed[0])
            : (each, all);
    }
}
