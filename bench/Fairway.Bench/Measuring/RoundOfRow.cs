namespace Fairway.Bench.Measuring;

/// <summary>What one round gave for one row.</summary>
/// <param name="Disturbance">What came in between, or null.</param>
/// <param name="Values">Figures by peer.</param>
internal sealed record RoundOfRow(string? Disturbance, IReadOnlyDictionary<string, double> Values);
