using CsCheck;
using Fairway.Engine.Ipam;

namespace Fairway.Engine.Tests.Ipam;

public sealed class NumberSpaceTests
{
    [Fact]
    public void Next_IsTheFirstFreeBehindTheLastGiven() => Gen.Int[-1, 11].Array[0, 60].Sample(history =>
    {
        var numbers = NumberSpace.Of(1, 10);
        var used = new HashSet<uint>();
        var last = 0u;
        foreach (var step in history)
        {
            if (step > 0)
            {
                numbers = numbers.Free((uint)step);
                used.Remove((uint)step);
                continue;
            }
            var expected = Enumerable.Range(0, 10).Select(i => (uint)((last + i) % 10) + 1).FirstOrDefault(number => !used.Contains(number));
            Assert.Equal(expected == 0 ? null : expected, numbers.Next());
            if (expected == 0)
                continue;
            numbers = numbers.Take(expected);
            used.Add(last = expected);
        }
        Assert.Equal(used.Count, numbers.Count);
    });
}
