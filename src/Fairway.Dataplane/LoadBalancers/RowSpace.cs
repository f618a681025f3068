namespace Fairway.Dataplane.LoadBalancers;

/// <summary>
/// Hands out rows of an array that stand side by side. The search goes on where it ended, so that rows given up are used again late:
/// a packet on its way may still read them. It keeps the gaps and not what is taken: as long as there is room at the end, ten thousand
/// load balancers leave one gap to look at.
/// </summary>
internal sealed class RowSpace(uint size)
{
    /// <summary>Free rows, from the first to behind the last, in order; no two touch.</summary>
    private readonly List<(uint First, uint End)> _gaps = size == 0 ? [] : [(0, size)];
    private uint _next;

    /// <summary>Notes rows that are in use already.</summary>
    /// <returns>False when somebody else has some of them.</returns>
    public bool TryReserve(uint first, uint count)
    {
        if (count == 0)
            return true;
        int gap = GapBehind(first) - 1;
        if (gap < 0 || _gaps[gap].End < (ulong)first + count)
            return false;
        Cut(gap, first, count);
        return true;
    }

    /// <summary>Takes rows.</summary>
    /// <returns>The first, or null when there is no room.</returns>
    public uint? Take(uint count)
    {
        if (count == 0)
            return 0;
        uint? first = Search(_next, size, count) ?? Search(0, _next, count);
        if (first is { } found)
            _next = found + count;
        return first;
    }

    public void Free(uint first, uint count)
    {
        if (count == 0)
            return;
        int at = GapBehind(first);
        uint end = first + count;
        if (at < _gaps.Count && _gaps[at].First == end)
        {
            end = _gaps[at].End;
            _gaps.RemoveAt(at);
        }
        if (at > 0 && _gaps[at - 1].End == first)
            _gaps[at - 1] = (_gaps[at - 1].First, end);
        else
            _gaps.Insert(at, (first, end));
    }

    /// <summary>Takes the first rows that fit and begin between two rows; they may end behind the second.</summary>
    private uint? Search(uint from, uint to, uint count)
    {
        for (int gap = Math.Max(0, GapBehind(from) - 1); gap < _gaps.Count && _gaps[gap].First < to; gap++)
        {
            uint first = Math.Max(_gaps[gap].First, from);
            if (first >= to || first >= _gaps[gap].End || _gaps[gap].End - first < count)
                continue;
            Cut(gap, first, count);
            return first;
        }
        return null;
    }

    private void Cut(int gap, uint first, uint count)
    {
        (uint before, uint behind) = _gaps[gap];
        _gaps.RemoveAt(gap);
        if (first + count < behind)
            _gaps.Insert(gap, (first + count, behind));
        if (before < first)
            _gaps.Insert(gap, (before, first));
    }

    /// <summary>Index of the first gap that begins behind a row.</summary>
    private int GapBehind(uint row)
    {
        int found = _gaps.BinarySearch((row, uint.MaxValue));
        return found < 0 ? ~found : found + 1;
    }
}
