using CsCheck;
using Fairway.Engine.Ipam;

namespace Fairway.Engine.Tests.Ipam;

public sealed class SlotSetTests
{
    // Dense around two page borders, and far out in a /64.
    private static readonly Gen<UInt128> s_slot = Gen.OneOf(
        Gen.UInt[1000, 1060].Select(slot => (UInt128)slot),
        Gen.UInt[0, 40].Select(slot => ((UInt128)1 << 64) - 20 + slot));

    [Fact]
    public void AnyHistory_AgreesWithASortedSet() => Gen.Select(Gen.Bool, s_slot).Array[0, 120].Sample(history =>
    {
        var set = SlotSet.Empty;
        var oracle = new SortedSet<UInt128>();
        foreach (var (add, slot) in history)
        {
            set = add ? set.Add(slot) : set.Remove(slot);
            _ = add ? oracle.Add(slot) : oracle.Remove(slot);
        }
        Assert.Equal(oracle.Count, set.Count);
        foreach (var (_, slot) in history)
        {
            Assert.Equal(oracle.Contains(slot), set.Contains(slot));
            Assert.Equal(FirstFree(oracle, slot, slot + 50), set.FirstFree(slot, slot + 50));
        }
    });

    [Fact]
    public void FirstFree_InAFullPage_GoesOnBehindIt()
    {
        var set = Enumerable.Range(0, 3000).Aggregate(SlotSet.Empty, (next, slot) => next.Add((UInt128)slot));
        Assert.Equal((UInt128)3000, set.FirstFree(0, 5000)!.Value);
        Assert.Null(set.FirstFree(0, 2999));
        Assert.Equal((UInt128)7, set.Remove(7).FirstFree(0, 5000)!.Value);
    }

    [Fact]
    public void FirstFree_AtTheEndOfNumbers_Ends()
    {
        Assert.Null(SlotSet.Empty.Add(UInt128.MaxValue).FirstFree(UInt128.MaxValue, UInt128.MaxValue));
        Assert.Equal(UInt128.MaxValue - 1, SlotSet.Empty.Add(UInt128.MaxValue).FirstFree(UInt128.MaxValue - 1, UInt128.MaxValue));
    }

    private static UInt128? FirstFree(SortedSet<UInt128> oracle, UInt128 first, UInt128 last)
    {
        for (var slot = first; slot <= last; slot++)
        {
            if (!oracle.Contains(slot))
                return slot;
        }
        return null;
    }
}
