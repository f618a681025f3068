using System.Globalization;

namespace Fairway.Bench.Workers;

/// <summary>What one run of a client measured.</summary>
/// <param name="Rate">Operations, datagrams or Gbit a second.</param>
/// <param name="Median">Median latency in microseconds, or 0.</param>
/// <param name="P99">99th percentile in microseconds, or 0.</param>
internal sealed record Measurement(double Rate, double Median = 0, double P99 = 0)
{
    /// <summary>The line a worker prints.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rate:R} {Median:R} {P99:R}");

    public static Measurement Parse(string line)
    {
        double[] fields = [.. line.Split(' ').Select(field => double.Parse(field, CultureInfo.InvariantCulture))];
        return new Measurement(fields[0], fields[1], fields[2]);
    }
}
