using System.Text;
using Fairway.Bench.Workers;

namespace Fairway.Bench.DataPath;

/// <summary>Medians, spread, and the median of the ratios to a base within each round.</summary>
internal static class Report
{
    public static string Render(Rounds rounds, IReadOnlyList<string> bases)
    {
        var text = new StringBuilder();
        foreach (var kind in rounds.Results.GroupBy(result => result.Key.Kind))
        {
            text.AppendLine($"\n{Title(kind.Key)}");
            text.Append($"{"",-26}{"median",12}{"lowest",12}{"highest",12}{"p50 us",9}{"p99 us",9}");
            foreach (string name in bases)
                text.Append($"{"/ " + name,12}");
            text.AppendLine();
            foreach (var ((scenario, _), runs) in kind)
                text.AppendLine(Row(rounds, scenario, kind.Key, runs, bases));
        }
        return text.ToString();
    }

    private static string Row(Rounds rounds, string scenario, MeasurementKind kind, List<Measurement> runs, IReadOnlyList<string> bases)
    {
        double[] rates = [.. runs.Select(run => run.Rate)];
        var row = new StringBuilder($"{scenario,-26}{Number(Median(rates)),12}{Number(rates.Min()),12}{Number(rates.Max()),12}");
        row.Append($"{Median(runs.Select(run => run.Median)),9:0.0}{Median(runs.Select(run => run.P99)),9:0.0}");
        foreach (string name in bases)
        {
            row.Append(rounds.Results.TryGetValue((name, kind), out List<Measurement>? other)
                ? $"{Median(rates.Zip(other, (rate, measurement) => rate / measurement.Rate)),12:0.000}"
                : $"{"-",12}");
        }
        return row.ToString();
    }

    private static string Title(MeasurementKind kind) => kind switch
    {
        MeasurementKind.RoundTrips => "request/response over one TCP connection, per second",
        MeasurementKind.Connections => "TCP connections with one request and one answer, per second",
        MeasurementKind.Datagrams => "UDP datagrams of 64 bytes received, per second",
        _ => "one TCP stream, Gbit/s",
    };

    private static string Number(double value) => value < 1000 ? $"{value:0.00}" : $"{value:0}";

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
