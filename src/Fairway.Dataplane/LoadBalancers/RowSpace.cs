namespace Fairway.Dataplane.LoadBalancers;

/// <summary>
/// Hands out rows of an array that stand side by side. The search goes on where it ended, so that rows given up are used again late:
/// a packet on its way may still read them.
/// </summary>
internal sealed class RowSpace(uint size)
{
    private readonly SortedDictionary<uint, uint> _used = [];
    private uint _next;

    /// <summary>Notes rows that are in use already.</summary>
    /// <returns>False when somebody else has some of them.</returns>
    public bool TryReserve(uint first, uint count)
    {
        if (count == 0)
            return true;
        if (first >= size || count > size - first || _used.Any(range => first < range.Key + range.Value && range.Key < first + count))
            return false;
        _used.Add(first, count);
        return true;
    }

    /// <summary>Takes rows.</summary>
    /// <returns>The first, or null when there is no room.</returns>
    public uint? Take(uint count)
    {
        if (count == 0)
            return 0;
        uint? first = Search(_next, size, count) ?? Search(0, size, count);
        if (first is not { } found)
            return null;
        _used.Add(found, count);
        _next = found + count;
        return found;
    }

    public void Free(uint first, uint count)
    {
        if (count > 0)
            _used.Remove(first);
    }

    private uint? Search(uint from, uint end, uint count)
    {
        uint start = from;
        foreach ((uint first, uint length) in _used)
        {
            if (first + length <= start)
                continue;
            if (first >= start && first - start >= count)
                return start;
            start = Math.Max(start, first + length);
        }
        return end - start >= count && start <= end ? start : null;
    }
}
