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

    /// <summary>Where dynamic addresses come from, in this order: the subnet's parts, or its allocation range.</summary>
    private readonly ImmutableArray<SlotRange> _ranges;

    private SubnetPool(SubnetSpec spec)
    {
        Spec = spec;
        _ranges = spec.Parts.IsEmpty ? [SlotRange.Of(spec.Prefix, spec.AllocationRange ?? spec.Prefix)] : [.. spec.Parts.Select(part => SlotRange.Of(spec.Prefix, part.Prefix))];
        Position = _ranges[0].First;
    }

    public SubnetSpec Spec { get; }

    /// <summary>Where the next search starts.</summary>
    public UInt128 Position { get; init; }

    /// <summary>Leased, resting, reserved, and the gateway's.</summary>
    private SlotSet Blocked { get; init; } = SlotSet.Empty;

    private ImmutableDictionary<UInt128, DateTimeOffset> Resting { get; init; } = ImmutableDictionary<UInt128, DateTimeOffset>.Empty;

    /// <summary>Slots by the time they were freed; entries that <see cref="Resting"/> does not confirm are stale.</summary>
    private ImmutableQueue<(UInt128 Slot, DateTimeOffset FreedAt)> RestOrder { get; init; } = [];

    /// <summary>How many addresses dynamic allocation can give at all.</summary>
    public UInt128 Capacity => CapacityOf(_ranges);

    public static SubnetPool Of(SubnetSpec spec)
    {
        var pool = new SubnetPool(spec);
        return pool with { Blocked = Withheld(spec).Aggregate(pool.Blocked, (blocked, address) => blocked.Add(pool.SlotOf(address))) };
    }

    private static IEnumerable<IPAddress> Withheld(SubnetSpec spec) =>
        spec.Parts.Select(part => part.Reserved).Append(spec.Gateway).OfType<IPAddress>().Union(spec.Reserved);

    /// <summary>How many addresses of a part dynamic allocation can give at all.</summary>
    public UInt128 CapacityOf(IPNetwork part) => CapacityOf([SlotRange.Of(Spec.Prefix, part)]);

    private UInt128 CapacityOf(ImmutableArray<SlotRange> ranges) =>
        ranges.Aggregate(UInt128.Zero, (sum, range) => sum + range.Count) - (UInt128)Withheld(Spec).Count(address => ranges.Any(range => range.Holds(SlotOf(address))));

    /// <summary>The address to give next, or null when there is none left.</summary>
    /// <param name="part">The part it comes from; null leaves it to the subnet.</param>
    public IPAddress? Next(IPNetwork? part = null)
    {
        ImmutableArray<SlotRange> ranges = part is { } asked ? [SlotRange.Of(Spec.Prefix, asked)] : _ranges;
        UInt128? free = null;
        foreach (var range in ranges.Where(range => range.Count > 0))
            free ??= (range.Holds(Position) ? Blocked.FirstFree(Position, range.Last) : null) ?? Blocked.FirstFree(range.First, range.Last);
        free ??= LongestResting(ranges);
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
    private UInt128? LongestResting(ImmutableArray<SlotRange> ranges)
    {
        (UInt128 Slot, DateTimeOffset FreedAt)? longest = null;
        foreach (var entry in RestOrder)
        {
            if (longest is { } found && entry.FreedAt > found.FreedAt)
                break;
            if (Rests(entry) && ranges.Any(range => range.Holds(entry.Slot)) && (longest is null || entry.Slot < longest.Value.Slot))
                longest = entry;
        }
        return longest?.Slot;
    }

    private bool Rests((UInt128 Slot, DateTimeOffset FreedAt) entry) => Resting.TryGetValue(entry.Slot, out var at) && at == entry.FreedAt;

    private UInt128 SlotOf(IPAddress address) => Spec.Prefix.IndexOf(address);
}
