using System.Collections.Immutable;
using Fairway.Model.Addressing;
using Fairway.Model.Errors;

namespace Fairway.Model.Validation;

/// <summary>The MACs of a network's endpoints nobody asked a MAC for.</summary>
internal static class MacPoolValidator
{
    private const int MaximumRanges = 16;

    public static void Validate(ImmutableArray<MacRange> pool, FindingCollector findings)
    {
        if (pool.Length > MaximumRanges)
            findings.At("MacPool").Add($"{pool.Length} ranges of MACs are too many; give at most {MaximumRanges}", HcnErrorCode.InvalidNetwork);
        for (var i = 0; i < pool.Length; i++) findings.At("MacPool", i).AddIf(Check(pool[i]), HcnErrorCode.InvalidNetwork);
    }

    private static string? Check(MacRange range)
    {
        if (range.Last.Value < range.First.Value) return $"the range of MACs ends at {range.Last}, before it starts at {range.First}; swap the two";
        // The first octet holds the group bit: with one and the same first octet the whole range is unicast or none of it is.
        if (range.First.Value >> 40 != range.Last.Value >> 40) return $"the range of MACs from {range.First} to {range.Last} spans different first octets; split it";
        return range.First.IsUnicast ? null : $"the range of MACs from {range.First} to {range.Last} holds group addresses or zero; use unicast ones, for example from 02:15:5d:00:00:00";
    }
}
