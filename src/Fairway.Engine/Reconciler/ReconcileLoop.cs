using Fairway.Engine.Diagnostics;

namespace Fairway.Engine.Reconciler;

/// <summary>
/// Looks again after every change of the kernel and tries again what failed. Changes come in bursts, most of them our own: the loop waits
/// for a burst to end, and then rests ten times as long as looking took, so that it never takes more than a tenth of a processor.
/// </summary>
internal sealed class ReconcileLoop(EngineParts parts, HostReconciler reconciler)
{
    private const int RestFactor = 10;
    private static readonly TimeSpan s_longestRest = TimeSpan.FromSeconds(30);

    /// <summary>Runs until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        Task? changed = null;
        while (!stop.IsCancellationRequested)
        {
            changed ??= parts.Drivers.Watcher.WaitForChangeAsync(stop).AsTask();
            await WaitAsync(changed, stop).ConfigureAwait(false);
            if (changed.IsCompleted)
            {
                await LookAsync(changed, stop).ConfigureAwait(false);
                changed = null;
            }
            await GuardAsync(reconciler.RetryDueAsync).ConfigureAwait(false);
        }
    }

    private async Task WaitAsync(Task changed, CancellationToken stop)
    {
        using var round = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var due = parts.Retries.WaitAsync(round.Token);
        await Task.WhenAny(changed, due).ConfigureAwait(false);
        await round.CancelAsync().ConfigureAwait(false);
    }

    private async Task LookAsync(Task changed, CancellationToken stop)
    {
        if (changed.IsFaulted)
        {
            parts.Tell(new EngineMessage(Severity.Error, $"watch the kernel: {changed.Exception.InnerException!.Message}; tried again", changed.Exception.InnerException));
            await RestAsync(parts.Options.FirstRetry, stop).ConfigureAwait(false);
        }
        await RestAsync(parts.Options.Debounce, stop).ConfigureAwait(false);
        if (stop.IsCancellationRequested)
            return;
        var started = parts.Time.GetTimestamp();
        await GuardAsync(reconciler.RepairAsync).ConfigureAwait(false);
        var rest = parts.Time.GetElapsedTime(started) * RestFactor;
        await RestAsync(rest < s_longestRest ? rest : s_longestRest, stop).ConfigureAwait(false);
    }

    private async Task GuardAsync(Func<Task> step)
    {
        try
        {
            await step().ConfigureAwait(false);
        }
        catch (Exception problem)
        {
            parts.Tell(new EngineMessage(Severity.Error, $"look at the host: {problem.Message}; tried again at the next change", problem));
        }
    }

    private async Task RestAsync(TimeSpan time, CancellationToken stop)
    {
        try
        {
            await Task.Delay(time, parts.Time, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The loop ends by itself.
        }
    }
}
