namespace Fairway.Engine.Store;

/// <summary>A write on its way to the disk, and whoever waits for it.</summary>
internal sealed class PendingWrite(StoreTransaction transaction)
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StoreTransaction Transaction { get; } = transaction;

    public Task Task => _completion.Task;

    public void Complete() => _completion.SetResult();

    public void Fail(Exception problem) => _completion.SetException(problem);
}
