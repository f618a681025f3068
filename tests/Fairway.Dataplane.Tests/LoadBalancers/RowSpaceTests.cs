using Fairway.Dataplane.LoadBalancers;

namespace Fairway.Dataplane.Tests.LoadBalancers;

public sealed class RowSpaceTests
{
    /// <summary>Against a plain array of who has which row.</summary>
    [Fact]
    public void TakenRows_NeverOverlap_AndAllAreFoundAgain()
    {
        var random = new Random(7);
        var space = new RowSpace(500);
        var owners = new int[500];
        var ranges = new List<(uint First, uint Count, int Owner)>();
        for (int step = 1; step < 20_000; step++)
        {
            if (random.Next(2) == 0 && ranges.Count > 0)
            {
                (uint first, uint count, int owner) = ranges[random.Next(ranges.Count)];
                ranges.Remove((first, count, owner));
                space.Free(first, count);
                Array.Clear(owners, (int)first, (int)count);
                continue;
            }
            uint wanted = (uint)random.Next(1, 60);
            if (random.Next(8) == 0)
            {
                uint at = (uint)random.Next(520);
                bool isFree = at + wanted <= 500 && owners.AsSpan((int)at, (int)wanted).IndexOfAnyExcept(0) < 0;
                Assert.Equal(isFree, space.TryReserve(at, wanted));
                if (isFree)
                {
                    owners.AsSpan((int)at, (int)wanted).Fill(step);
                    ranges.Add((at, wanted, step));
                }
                continue;
            }
            if (space.Take(wanted) is not { } start)
            {
                Assert.DoesNotContain(Enumerable.Range(0, 500 - (int)wanted + 1), at => owners.AsSpan(at, (int)wanted).IndexOfAnyExcept(0) < 0);
                continue;
            }
            Assert.True(start + wanted <= 500 && owners.AsSpan((int)start, (int)wanted).IndexOfAnyExcept(0) < 0, $"step {step}");
            owners.AsSpan((int)start, (int)wanted).Fill(step);
            ranges.Add((start, wanted, step));
        }
    }

    [Fact]
    public void FreedRows_AreUsedAgainLate()
    {
        var space = new RowSpace(100);
        Assert.Equal(0u, space.Take(10));
        space.Free(0, 10);
        Assert.Equal(10u, space.Take(10));
    }

    [Fact]
    public void ReservedRows_AreKeptFree()
    {
        var space = new RowSpace(100);
        Assert.True(space.TryReserve(5, 10));
        Assert.False(space.TryReserve(14, 1));
        Assert.False(space.TryReserve(95, 6));
        Assert.Equal(15u, space.Take(10));
        Assert.Equal(0u, space.Take(0));
    }
}
