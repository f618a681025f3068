using Fairway.Bench.Groups;
using Fairway.Bench.Measuring;

namespace Fairway.Bench.Reporting;

/// <summary>A picture of some rows of a group.</summary>
/// <param name="File">Name of its file.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Svg">The picture.</param>
internal sealed record Chart(string File, string Title, string Svg)
{
    /// <summary>
    /// The charts of a group: rows measured at several numbers are lines over those; rates are bars in relation to the limit, all in one; anything else is bars, one chart for each
    /// unit.
    /// </summary>
    public static IReadOnlyList<Chart> Of(IGroup group, IReadOnlyList<Summary> summaries)
    {
        List<Chart> charts = [];
        foreach (var series in summaries.Where(summary => summary.Row.At is not null).GroupBy(summary => (summary.Row.Name, summary.Row.Unit)))
        {
            string title = $"{group.Title}: {series.Key.Name}, {series.Key.Unit.Text} ({Better(series.Key.Unit)} is better)";
            charts.Add(new Chart(FileOf(group, series.Key.Name), title, new LineChart(title, group.Counted, [.. series]).Draw()));
        }
        Summary[] plain = [.. summaries.Where(summary => summary.Row.At is null)];
        Summary[] rates = [.. plain.Where(summary => summary.Row.Unit.MoreIsBetter && summary.Figures.ContainsKey(DisturbanceRule.Limit))];
        if (rates.Length > 0)
        {
            string title = $"{group.Title}: rates in relation to a bare veth pair (more is better)";
            charts.Add(new Chart(FileOf(group, "rates"), title, new BarChart(title, rates, true).Draw()));
        }
        foreach (var rest in plain.Except(rates).GroupBy(summary => summary.Row.Unit))
        {
            string title = $"{group.Title}: {rest.Key.Text} ({Better(rest.Key)} is better)";
            charts.Add(new Chart(FileOf(group, rest.Key.MoreIsBetter ? "figures" : rest.Key == Unit.Microseconds ? "latency" : rest.Key.Text), title, new BarChart(title, [.. rest], false).Draw()));
        }
        return charts;
    }

    private static string Better(Unit unit) => unit.MoreIsBetter ? "more" : "less";

    private static string FileOf(IGroup group, string name) => $"{group.Name}-{new string([.. name.Where(char.IsAsciiLetterOrDigit)])}.svg";
}
