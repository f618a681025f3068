using System.Numerics;

namespace Fairway.Dataplane.LoadBalancers;

/// <summary>
/// Which backend to take for each of a number of hashes: consistent hashing as in Maglev (Eisenbud et al., NSDI 2016, 3.4). Every backend has an order of its own
/// in which it wants the places, and they take turns: shares differ by one place at most, and a backend that comes or goes moves
/// little more than its own share.
/// </summary>
internal static class ChoiceTable
{
    private const int PlacesPerBackend = 64;
    private const int Largest = 65536;
    private const int Smallest = Switch.Layout.SwitchLimits.LineChoices;

    /// <summary>Places of a table: a power of two, so that the switch finds one by a mask.</summary>
    public static int SizeFor(int backends) => Math.Clamp((int)BitOperations.RoundUpToPowerOf2((uint)(backends * PlacesPerBackend)), Smallest, Largest);

    /// <summary>Fills a table.</summary>
    /// <param name="backends">What each backend keeps, whoever else there is.</param>
    /// <returns>Indexes into the backends; empty when there are none.</returns>
    public static ushort[] Build(IReadOnlyList<Guid> backends)
    {
        if (backends.Count == 0)
            return [];
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
        Span<byte> bytes = stackalloc byte[16];
        backend.TryWriteBytes(bytes);
        ulong hash = Mix(BitConverter.ToUInt64(bytes) ^ Mix(BitConverter.ToUInt64(bytes[8..])));
        return ((uint)hash, (uint)(hash >> 32) | 1);
    }

    /// <summary>The finalizer of SplitMix64: ids that differ in one bit begin far from each other.</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9e3779b97f4a7c15;
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }
}
