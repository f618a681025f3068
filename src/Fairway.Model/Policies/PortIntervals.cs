using System.Collections.Immutable;

namespace Fairway.Model.Policies;

/// <summary>Arithmetic of ports.</summary>
public static class PortIntervals
{
    /// <summary>Every port.</summary>
    public static ImmutableArray<PortInterval> All { get; } = [new(0, ushort.MaxValue)];

    /// <summary>Some ports without others: in order, none twice.</summary>
    public static ImmutableArray<PortInterval> Without(ImmutableArray<PortInterval> ports, ImmutableArray<PortInterval> exceptions)
    {
        var left = ImmutableArray.CreateBuilder<PortInterval>();
        // Behind the last port that has been dealt with; one more than there are ports at the end.
        var next = 0;
        foreach (var interval in ports.OrderBy(interval => interval.First))
        {
            next = Math.Max(next, interval.First);
            foreach (var exception in exceptions.OrderBy(exception => exception.First).Where(exception => exception.Last >= interval.First && exception.First <= interval.Last))
            {
                if (exception.First > next)
                    left.Add(new PortInterval((ushort)next, (ushort)(exception.First - 1)));
                next = Math.Max(next, exception.Last + 1);
            }
            if (next > interval.Last)
                continue;
            left.Add(new PortInterval((ushort)next, interval.Last));
            next = interval.Last + 1;
        }
        return left.ToImmutable();
    }
}
