using System.Collections.Immutable;
using System.Numerics;

namespace Fairway.Engine.Ipam;

/// <summary>
/// An immutable set of numbers that finds its own gaps. A dictionary of bitmap pages: a change copies one page of 128 bytes whatever the
/// size of the set, a /64 costs only the pages that are in use, and full pages are skipped whole.
/// </summary>
internal sealed class SlotSet
{
    private const int WordsOfPage = 16;
    private const int SlotsOfPage = WordsOfPage * 64;

    private readonly ImmutableDictionary<UInt128, ulong[]> _pages;

    private SlotSet(ImmutableDictionary<UInt128, ulong[]> pages, int count)
    {
        _pages = pages;
        Count = count;
    }

    public static SlotSet Empty { get; } = new(ImmutableDictionary<UInt128, ulong[]>.Empty, 0);

    public int Count { get; }

    public bool Contains(UInt128 slot) => _pages.TryGetValue(slot / SlotsOfPage, out var page) && (page[Word(slot)] & Bit(slot)) != 0;

    public SlotSet Add(UInt128 slot) => Contains(slot) ? this : With(slot, Count + 1);

    public SlotSet Remove(UInt128 slot) => Contains(slot) ? With(slot, Count - 1) : this;

    /// <summary>The first number not in the set, both ends included, or null.</summary>
    public UInt128? FirstFree(UInt128 first, UInt128 last)
    {
        for (var slot = first; slot <= last;)
        {
            if (!_pages.TryGetValue(slot / SlotsOfPage, out var page))
                return slot;
            if (FirstZero(page, (int)(slot % SlotsOfPage)) is { } index)
            {
                var found = slot - slot % SlotsOfPage + (UInt128)index;
                return found <= last ? found : null;
            }
            var next = slot - slot % SlotsOfPage + SlotsOfPage;
            if (next < slot)
                return null;
            slot = next;
        }
        return null;
    }

    private static int? FirstZero(ulong[] page, int from)
    {
        var word = from / 64;
        var taken = page[word] | ((1UL << from % 64) - 1);
        while (taken == ulong.MaxValue)
        {
            if (++word == WordsOfPage)
                return null;
            taken = page[word];
        }
        return word * 64 + BitOperations.TrailingZeroCount(~taken);
    }

    private SlotSet With(UInt128 slot, int count)
    {
        var page = new ulong[WordsOfPage];
        _pages.GetValueOrDefault(slot / SlotsOfPage)?.CopyTo(page, 0);
        page[Word(slot)] ^= Bit(slot);
        return new SlotSet(
            page.AsSpan().ContainsAnyExcept(0UL) ? _pages.SetItem(slot / SlotsOfPage, page) : _pages.Remove(slot / SlotsOfPage),
            count);
    }

    private static int Word(UInt128 slot) => (int)(slot % SlotsOfPage) / 64;

    private static ulong Bit(UInt128 slot) => 1UL << (int)(slot % 64);
}
