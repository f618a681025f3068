namespace Fairway.Dataplane.Policies;

/// <summary>Hands out lines of an image. What is given back is used again only after <see cref="Release"/>: somebody may still read it.</summary>
internal sealed class LineAllocator(int first, int end)
{
    private readonly Dictionary<int, Stack<int>> _free = [];
    private readonly List<(int Line, int Count)> _freed = [];
    private int _next = first;

    /// <summary>Consecutive lines; 0 when there are none left.</summary>
    public int Take(int count)
    {
        if (_free.TryGetValue(count, out Stack<int>? free) && free.TryPop(out int line))
            return line;
        if (end - _next < count)
            return 0;
        line = _next;
        _next += count;
        return line;
    }

    public void GiveBack(int line, int count) => _freed.Add((line, count));

    /// <summary>What was given back before is read by nobody any more.</summary>
    public void Release()
    {
        foreach ((int line, int count) in _freed)
        {
            if (!_free.TryGetValue(count, out Stack<int>? free))
                _free[count] = free = new Stack<int>();
            free.Push(line);
        }
        _freed.Clear();
    }
}
