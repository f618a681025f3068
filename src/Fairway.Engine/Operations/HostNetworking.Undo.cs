using Fairway.Engine.Diagnostics;
using Fairway.Engine.Reconciler;
using Fairway.Engine.Store;

namespace Fairway.Engine.Operations;

internal sealed partial class HostNetworking
{
    /// <summary>Brings a write that stands in the store to the kernel. When the kernel refuses, the write is taken back, and the kernel brought to that.</summary>
    /// <param name="operation">What was asked, for the message.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="apply">Brings the kernel to whatever is planned when it is called.</param>
    /// <param name="undo">Puts the store back.</param>
    private async Task ApplyOrUndoAsync(string operation, string subject, Func<Task> apply, Action<StoreTransaction> undo)
    {
        try
        {
            await apply().ConfigureAwait(false);
        }
        catch (Exception problem)
        {
            await UndoAsync(subject, apply, undo).ConfigureAwait(false);
            throw Refusal.Explain(operation, subject, problem);
        }
    }

    /// <summary>Brings a deletion to the kernel. What the kernel does not take now stays deleted, and is taken away later.</summary>
    private async Task ApplyDeletionAsync(string operation, string subject, Func<Task> apply)
    {
        try
        {
            await apply().ConfigureAwait(false);
        }
        catch (Exception problem)
        {
            _parts.Retries.Add(RetryKey.Host);
            throw Refusal.Explain($"{operation} (it is tried again later)", subject, problem);
        }
    }

    private async Task UndoAsync(string subject, Func<Task> apply, Action<StoreTransaction> undo)
    {
        try
        {
            await WriteAsync(transaction =>
            {
                undo(transaction);
                return true;
            }).ConfigureAwait(false);
            await apply().ConfigureAwait(false);
        }
        catch (Exception problem)
        {
            _parts.Retries.Add(RetryKey.Host);
            _parts.Tell(new EngineMessage(Severity.Warning, $"take back {subject}: {problem.Message}; tried again later", problem));
        }
    }
}
