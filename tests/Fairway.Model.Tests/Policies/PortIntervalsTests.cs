using System.Collections.Immutable;
using CsCheck;
using Fairway.Model.Policies;

namespace Fairway.Model.Tests.Policies;

public sealed class PortIntervalsTests
{
    /// <summary>Few ports, so that intervals touch, overlap and repeat; the last ports of all, too.</summary>
    private static readonly Gen<ImmutableArray<PortInterval>> s_intervals = Gen.Select(Gen.OneOf(Gen.Int[0, 20], Gen.Int[65525, 65535]), Gen.Int[0, 6], (first, length) => new PortInterval((ushort)first, (ushort)Math.Min(65535, first + length)))
        .Array[0, 6].Select(intervals => intervals.ToImmutableArray());

    [Fact]
    public void Without_HasThePortsThatAreNotExcepted_InOrder_EachOnce() => Gen.Select(s_intervals, s_intervals).Sample((ports, exceptions) =>
    {
        var left = PortIntervals.Without(ports, exceptions);
        for (var port = 0; port <= ushort.MaxValue; port = port == 40 ? 65500 : port + 1)
        {
            var wanted = ports.Any(one => one.Contains((ushort)port)) && !exceptions.Any(one => one.Contains((ushort)port));
            if (left.Count(one => one.Contains((ushort)port)) != (wanted ? 1 : 0))
                return false;
        }
        return left.SequenceEqual(left.OrderBy(one => one.First)) && left.All(one => one.First <= one.Last);
    }, iter: 10_000);

    [Fact]
    public void All_WithoutNothing_IsEveryPort() => Assert.Equal([new PortInterval(0, 65535)], PortIntervals.Without(PortIntervals.All, []));
}
