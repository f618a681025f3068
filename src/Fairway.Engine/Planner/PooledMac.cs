using System.Collections.Immutable;
using Fairway.Model.Addressing;

namespace Fairway.Engine.Planner;

/// <summary>MACs nobody asked for, in a network that has a pool of them.</summary>
internal static class PooledMac
{
    /// <summary>The first free MAC of the pool from a place the derived one points to, so that the same address keeps its MAC; null when none is free.</summary>
    public static MacAddress? Endpoint(ImmutableArray<MacRange> pool, MacAddress derived, Func<MacAddress, bool> isFree)
    {
        var size = pool.Aggregate(0ul, (sum, range) => sum + range.Count);
        var start = derived.Value % size;
        for (var step = 0ul; step < size; step++)
        {
            var mac = Nth(pool, (start + step) % size);
            if (isFree(mac))
                return mac;
        }
        return null;
    }

    private static MacAddress Nth(ImmutableArray<MacRange> pool, ulong index)
    {
        foreach (var range in pool)
        {
            if (index < range.Count)
                return range.Nth(index);
            index -= range.Count;
        }
        throw new ArgumentOutOfRangeException(nameof(index));
    }
}
