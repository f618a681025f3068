using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Addressing;
using Fairway.Model.Networks;

namespace Fairway.Engine.Ipam;

/// <summary>
/// The addresses of one subnet. Free ones are found from where the last search ended, so that a freed address comes round late; it also
/// rests for a while, because neighbours may remember it. Rather than refuse, the subnet gives the one that rested longest.
/// </summary>
/// <remarks>Addresses are counted as slots: their distance from the first of the prefix.</remarks>
internal sealed record SubnetPool
{
    /// <summary>How many rested addresses one allocation wakes at most, so that no allocation pays for thousands.</summary>
    private const int WakeLimit = 16;

    private SubnetPool(SubnetSpec spec, UInt128 first, UInt128 last)
    {
        Spec = spec;
        First = first;
        Last = last;
        Position = first;
    }

    public SubnetSpec Spec { get; }

    /// <summary>First slot of the allocation range.</summary>
    public UInt128 First { get; }

    /// <summary>Last slot of the allocation range.</summary>
    public UInt128 Last { get; }

    /// <summary>Where the next search starts.</summary>
    public UInt128 Position { get; init; }

    /// <summary>Leased, resting, reserved, and the gateway's.</summary>
    private SlotSet Blocked { get; init; } = SlotSet.Empty;

    private ImmutableDictionary<UInt128, DateTimeOffset> Resting { get; init; } = ImmutableDictionary<UInt128, DateTimeOffset>.Empty;

    /// <summary>Slots by the time they were freed; entries that <see cref="Resting"/> does not confirm are stale.</summary>
    private ImmutableQueue<(UInt128 Slot, DateTimeOffset FreedAt)> RestOrder { get; init; } = [];

    /// <summary>How many addresses dynamic allocation can give at all.</summary>
    public UInt128 Capacity => Last - First + 1 - (UInt128)Withheld(Spec).Count(address => InRange(SlotOf(address)));

    public static SubnetPool Of(SubnetSpec spec)
    {
        var prefix = spec.Prefix;
        var range = spec.AllocationRange ?? prefix;
        var first = UInt128.Max(prefix.IndexOf(range.First), prefix.IndexOf(prefix.FirstUsable));
        var last = UInt128.Min(prefix.IndexOf(range.Last), prefix.IndexOf(prefix.LastUsable));
        var pool = new SubnetPool(spec, first, last);
        return pool with { Blocked = Withheld(spec).Aggregate(pool.Blocked, (blocked, address) => blocked.Add(pool.SlotOf(address))) };
    }

    private static IEnumerable<IPAddress> Withheld(SubnetSpec spec) =>
        spec.Gateway is { } gateway ? spec.Reserved.Append(gateway).Distinct() : spec.Reserved.Distinct();

    /// <summary>The address to give next, or null when the range is exhausted.</summary>
    public IPAddress? Next()
    {
        var free = Position <= Last ? Blocked.FirstFree(UInt128.Max(Position, First), Last) : null;
        free ??= Blocked.FirstFree(First, Last);
        free ??= LongestResting();
        return free is { } slot ? Spec.Prefix.Nth(slot) : null;
    }

    /// <summary>Marks an address as leased.</summary>
    public SubnetPool Take(IPAddress address)
    {
        var slot = SlotOf(address);
        return this with { Blocked = Blocked.Add(slot), Resting = Resting.Remove(slot) };
    }

    /// <summary>Marks an address that <see cref="Next"/> named as leased and goes on behind it next time.</summary>
    public SubnetPool TakeNext(IPAddress address) => Take(address) with { Position = SlotOf(address) + 1 };

    /// <summary>Lets a leased address rest.</summary>
    public SubnetPool Free(IPAddress address, DateTimeOffset at)
    {
        var slot = SlotOf(address);
        return this with { Blocked = Blocked.Add(slot), Resting = Resting.SetItem(slot, at), RestOrder = RestOrder.Enqueue((slot, at)) };
    }

    /// <summary>Makes addresses free that were freed before a time, longest freed first; a bounded number at a time.</summary>
    public SubnetPool Wake(DateTimeOffset freedBefore, out ImmutableArray<IPAddress> woken)
    {
        var pool = this;
        var addresses = ImmutableArray.CreateBuilder<IPAddress>();
        for (var i = 0; i < WakeLimit && !pool.RestOrder.IsEmpty && pool.RestOrder.Peek().FreedAt <= freedBefore; i++)
        {
            pool = pool with { RestOrder = pool.RestOrder.Dequeue(out var oldest) };
            if (!pool.Rests(oldest))
                continue;
            pool = pool with { Resting = pool.Resting.Remove(oldest.Slot), Blocked = pool.Blocked.Remove(oldest.Slot) };
            addresses.Add(Spec.Prefix.Nth(oldest.Slot));
        }
        woken = addresses.DrainToImmutable();
        return pool;
    }

    /// <summary>Of several freed in the same millisecond the lowest: their order is not kept across a restart.</summary>
    private UInt128? LongestResting()
    {
        (UInt128 Slot, DateTimeOffset FreedAt)? longest = null;
        foreach (var entry in RestOrder)
        {
            if (longest is { } found && entry.FreedAt > found.FreedAt)
                break;
            if (Rests(entry) && InRange(entry.Slot) && (longest is null || entry.Slot < longest.Value.Slot))
                longest = entry;
        }
        return longest?.Slot;
    }

    private bool Rests((UInt128 Slot, DateTimeOffset FreedAt) entry) => Resting.TryGetValue(entry.Slot, out var at) && at == entry.FreedAt;

    private bool InRange(UInt128 slot) => slot >= First && slot <= Last;

    private UInt128 SlotOf(IPAddress address) => Spec.Prefix.IndexOf(address);
}
