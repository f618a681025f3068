using System.Collections.Concurrent;

namespace Fairway.Engine.Reconciler;

/// <summary>
/// A few threads on which drivers are called. What concerns one endpoint always runs on the same one, so it runs in order and never
/// twice at once, without a lock. Driver calls wait for the kernel; the threads of the pool, which serve requests, must not.
/// </summary>
internal sealed class DriverLanes : IDisposable
{
    private readonly BlockingCollection<Action>[] _queues;
    private readonly Thread[] _threads;

    public DriverLanes(int count)
    {
        _queues = [.. Enumerable.Range(0, count).Select(_ => new BlockingCollection<Action>())];
        _threads = [.. _queues.Select((queue, index) => new Thread(() => Run(queue)) { Name = $"fairway lane {index}", IsBackground = true })];
        foreach (var thread in _threads)
            thread.Start();
    }

    /// <summary>Runs an action after everything that was queued for the same key.</summary>
    public Task RunAsync(Guid key, Action action)
    {
        var completion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _queues[(uint)key.GetHashCode() % _queues.Length].Add(() =>
        {
            try
            {
                action();
                completion.SetResult();
            }
            catch (Exception problem)
            {
                completion.SetException(problem);
            }
        });
        return completion.Task;
    }

    /// <summary>Finishes what is queued.</summary>
    public void Dispose()
    {
        foreach (var queue in _queues)
            queue.CompleteAdding();
        foreach (var thread in _threads)
            thread.Join();
        foreach (var queue in _queues)
            queue.Dispose();
    }

    private static void Run(BlockingCollection<Action> queue)
    {
        foreach (var action in queue.GetConsumingEnumerable())
            action();
    }
}
