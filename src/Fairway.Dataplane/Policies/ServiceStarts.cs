using System.Numerics;

namespace Fairway.Dataplane.Policies;

/// <summary>Where intervals of services begin, in order and each once. Few are sorted; many are marked in a bitmap of all services.</summary>
internal sealed class ServiceStarts
{
    private const int Many = 512;
    private const int WordBits = 64;

    private readonly uint[] _starts;
    private readonly int[]? _before;
    private readonly ulong[]? _marks;

    private ServiceStarts(uint[] starts, ulong[]? marks, int[]? before) => (_starts, _marks, _before) = (starts, marks, before);

    public int Count => _starts.Length;

    public uint this[int index] => _starts[index];

    public static ServiceStarts Of(RuleEntry[] rules, int family)
    {
        var starts = new List<uint> { 0 };
        foreach (RuleEntry rule in rules)
        {
            foreach (ServiceInterval services in rule.Services(family))
            {
                starts.Add(services.First);
                if (services.Last + 1 < ServiceInterval.End)
                    starts.Add(services.Last + 1);
            }
        }
        return starts.Count < Many ? Sorted(starts) : Marked(starts);
    }

    /// <summary>The place of a start, or how many there are for the end of all services.</summary>
    public int IndexOf(uint start)
    {
        if (start == ServiceInterval.End)
            return _starts.Length;
        if (_marks is null)
            return Array.BinarySearch(_starts, start);
        int word = (int)(start / WordBits);
        return _before![word] + BitOperations.PopCount(_marks[word] & (1ul << (int)(start % WordBits)) - 1);
    }

    private static ServiceStarts Sorted(List<uint> starts)
    {
        starts.Sort();
        uint[] distinct = new uint[starts.Count];
        int count = 0;
        foreach (uint start in starts)
        {
            if (count == 0 || distinct[count - 1] != start)
                distinct[count++] = start;
        }
        return new ServiceStarts(distinct[..count], null, null);
    }

    private static ServiceStarts Marked(List<uint> starts)
    {
        ulong[] marks = new ulong[ServiceInterval.End / WordBits];
        int[] before = new int[marks.Length];
        foreach (uint start in starts)
            marks[start / WordBits] |= 1ul << (int)(start % WordBits);
        var distinct = new List<uint>(starts.Count);
        for (int word = 0; word < marks.Length; word++)
        {
            before[word] = distinct.Count;
            for (ulong left = marks[word]; left != 0; left &= left - 1)
                distinct.Add((uint)((word * WordBits) + BitOperations.TrailingZeroCount(left)));
        }
        return new ServiceStarts([.. distinct], marks, before);
    }
}
