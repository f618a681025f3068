namespace Fairway.Bench.Measuring;

/// <summary>One figure of one row.</summary>
internal readonly record struct Reading(Row Row, double Value);
