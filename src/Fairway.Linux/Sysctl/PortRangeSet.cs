using System.Collections;
using System.Collections.Immutable;
using System.Globalization;

namespace Fairway.Linux.Sysctl;

/// <summary>
/// A set of ports as the kernel writes it in <c>net/ipv4/ip_local_reserved_ports</c>: <c>53,8000-8010</c>. Immutable; sorted, without
/// overlaps, neighbours joined. Sets with the same ports are equal.
/// </summary>
public sealed class PortRangeSet : IReadOnlyCollection<PortRange>, IEquatable<PortRangeSet>
{
    /// <summary>The setting that keeps ports from being given to sockets that do not ask for one.</summary>
    public const string ReservedPortsSetting = "net/ipv4/ip_local_reserved_ports";

    private readonly ImmutableArray<PortRange> _ranges;

    /// <summary>The ports of some ranges, in any order, overlapping or not.</summary>
    /// <param name="ranges">The ranges.</param>
    /// <exception cref="ArgumentException">A range ends before it begins.</exception>
    public PortRangeSet(params IEnumerable<PortRange> ranges)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        _ranges = Join(ranges.OrderBy(range => range.First));
    }

    /// <summary>How many ranges it has.</summary>
    public int Count => _ranges.Length;

    /// <summary>Reads the kernel's form.</summary>
    /// <param name="text">Numbers and ranges, separated by commas; empty for no ports.</param>
    /// <returns>The set.</returns>
    /// <exception cref="FormatException">The text is not a list of ports.</exception>
    public static PortRangeSet Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Trim().Length == 0 ? new PortRangeSet() : new PortRangeSet(text.Trim().Split(',').Select(part => ParseRange(part, text)));
    }

    /// <summary>Whether all ports of a range are in the set.</summary>
    /// <param name="range">The range.</param>
    /// <returns>True if they are.</returns>
    public bool Contains(PortRange range) => _ranges.Any(mine => mine.First <= range.First && range.Last <= mine.Last);

    /// <summary>The ports of both sets.</summary>
    /// <param name="other">The other set.</param>
    /// <returns>The union.</returns>
    public PortRangeSet Union(PortRangeSet other) => new(_ranges.Concat(other));

    /// <summary>The ports of this set that are not in the other.</summary>
    /// <param name="other">The other set.</param>
    /// <returns>The difference.</returns>
    public PortRangeSet Except(PortRangeSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new PortRangeSet(_ranges.SelectMany(range => Cut(range, other)));
    }

    /// <inheritdoc/>
    public bool Equals(PortRangeSet? other) => other is not null && _ranges.AsSpan().SequenceEqual(other._ranges.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PortRangeSet);

    /// <inheritdoc/>
    public override int GetHashCode() => _ranges.Aggregate(0, HashCode.Combine);

    /// <inheritdoc/>
    public IEnumerator<PortRange> GetEnumerator() => ((IEnumerable<PortRange>)_ranges).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The kernel's form.</summary>
    /// <returns>The text; empty for no ports.</returns>
    public override string ToString() => string.Join(',', _ranges);

    private static ImmutableArray<PortRange> Join(IEnumerable<PortRange> sorted)
    {
        var result = ImmutableArray.CreateBuilder<PortRange>();
        foreach (PortRange range in sorted)
        {
            if (range.Last < range.First)
                throw new ArgumentException($"the range of ports {range} ends before it begins");
            if (result.Count > 0 && range.First <= result[^1].Last + 1)
                result[^1] = result[^1] with { Last = Math.Max(result[^1].Last, range.Last) };
            else
                result.Add(range);
        }
        return result.ToImmutable();
    }

    private static IEnumerable<PortRange> Cut(PortRange range, PortRangeSet holes)
    {
        int first = range.First;
        foreach (PortRange hole in holes._ranges.Where(hole => hole.Last >= range.First && hole.First <= range.Last))
        {
            if (hole.First > first)
                yield return new PortRange((ushort)first, (ushort)(hole.First - 1));
            first = hole.Last + 1;
        }
        if (first <= range.Last)
            yield return new PortRange((ushort)first, range.Last);
    }

    private static PortRange ParseRange(string part, string text)
    {
        int dash = part.IndexOf('-');
        return TryParse(dash < 0 ? part : part[..dash], out ushort first) && TryParse(part[(dash + 1)..], out ushort last) && first <= last
            ? new PortRange(first, last)
            : throw new FormatException($"'{text.Trim()}' is not a list of ports; write it as 53,8000-8010");
    }

    private static bool TryParse(string text, out ushort port) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port);
}
