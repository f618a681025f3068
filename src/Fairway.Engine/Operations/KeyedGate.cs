namespace Fairway.Engine.Operations;

/// <summary>Lets one operation at a time work on each resource, in the order in which they came. What is one step for callers may be several writes.</summary>
internal sealed class KeyedGate<TKey>
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Queue<TaskCompletionSource>> _inside = [];

    /// <summary>Waits until nobody else works on the resource. Disposing of the result lets the next one in.</summary>
    public async ValueTask<Pass> EnterAsync(TKey key)
    {
        TaskCompletionSource? turn = null;
        lock (_gate)
        {
            if (_inside.TryGetValue(key, out var waiting))
                waiting.Enqueue(turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            else
                _inside.Add(key, new Queue<TaskCompletionSource>());
        }
        if (turn is not null)
            await turn.Task.ConfigureAwait(false);
        return new Pass(this, key);
    }

    /// <summary>Waits until whoever works on the resource has finished.</summary>
    public async ValueTask WhenFreeAsync(TKey key) => (await EnterAsync(key).ConfigureAwait(false)).Dispose();

    private void Leave(TKey key)
    {
        TaskCompletionSource? next;
        lock (_gate)
        {
            if (!_inside[key].TryDequeue(out next))
                _inside.Remove(key);
        }
        next?.SetResult();
    }

    /// <summary>The right to work on a resource.</summary>
    internal readonly struct Pass(KeyedGate<TKey> gate, TKey key) : IDisposable
    {
        public void Dispose() => gate.Leave(key);
    }
}
