using Fairway.Dataplane.Switch.Layout;

namespace Fairway.Dataplane.LoadBalancers;

/// <summary>
/// Which of many backends to take for each of a number of hashes: consistent hashing as in Maglev (Eisenbud et al., NSDI 2016, 3.4). Every backend has an order
/// of its own in which it wants the places, and they take turns: shares differ by one place at most, and a backend that comes or goes
/// moves little more than its own share. Few backends have no table: the switch ranks them.
/// </summary>
internal static class ChoiceTable
{
    private const int Medium = 128;

    /// <summary>Places of a table: a power of two, so that the switch finds one by a mask. Two sizes only, because another size moves everybody.</summary>
    public static int SizeFor(int backends) => backends <= SwitchLimits.RankedBackends ? 0 : backends <= Medium ? 8192 : 65536;

    /// <summary>Fills a table.</summary>
    /// <param name="backends">What each backend keeps, whoever else there is.</param>
    /// <returns>Indexes into the backends; empty when there are so few that they are ranked.</returns>
    public static ushort[] Build(IReadOnlyList<Guid> backends)
    {
        var places = new ushort[SizeFor(backends.Count)];
        var taken = new bool[places.Length];
        var mask = (uint)places.Length - 1;
        (uint Next, uint Step)[] wishes = [.. backends.Select(Wishes)];
        for (int filled = 0; filled < places.Length;)
        {
            for (int i = 0; i < wishes.Length && filled < places.Length; i++, filled++)
            {
                ref var wish = ref wishes[i];
                while (taken[wish.Next & mask])
                    wish.Next += wish.Step;
                taken[wish.Next & mask] = true;
                places[wish.Next & mask] = (ushort)i;
            }
        }
        return places;
    }

    /// <summary>Where a backend begins and how far it goes on; an odd step passes every place of a power of two.</summary>
    private static (uint Next, uint Step) Wishes(Guid backend)
    {
        ulong hash = BackendHash.Of(backend);
        return ((uint)hash, (uint)(hash >> 32) | 1);
    }
}
