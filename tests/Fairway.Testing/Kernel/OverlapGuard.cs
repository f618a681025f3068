namespace Fairway.Testing.Kernel;

/// <summary>Notices calls that overlap although the engine promised that they never do.</summary>
internal sealed class OverlapGuard<TKey>
    where TKey : notnull
{
    private readonly HashSet<TKey> _inside = [];

    public void Run(IReadOnlyCollection<TKey> keys, Action action)
    {
        lock (_inside)
        {
            foreach (var key in keys)
            {
                if (!_inside.Add(key))
                    throw new InvalidOperationException($"two driver calls for '{key}' overlap");
            }
        }
        try
        {
            Thread.Yield();
            action();
        }
        finally
        {
            lock (_inside)
                _inside.ExceptWith(keys);
        }
    }
}
