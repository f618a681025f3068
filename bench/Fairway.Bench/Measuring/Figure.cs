namespace Fairway.Bench.Measuring;

/// <summary>What is said of a peer in a row.</summary>
/// <param name="Median">Median of the rounds.</param>
/// <param name="Low">Their lower quartile.</param>
/// <param name="High">Their upper quartile.</param>
/// <param name="Ratio">Median of the ratios to the limit within each round, or null where there is no limit.</param>
internal sealed record Figure(double Median, double Low, double High, double? Ratio);
