using System.Text;
using Fairway.Bench.Groups;
using Fairway.Bench.Measuring;
using Fairway.Bench.Peers;
using Fairway.Bench.Running;

namespace Fairway.Bench.Reporting;

/// <summary>benchmarks.md and its charts.</summary>
internal sealed class Report(Scale scale, IReadOnlyList<IGroup> groups, Results results, TimeSpan took)
{
    private readonly Summary[] _summaries = [.. results.Rows.Select(row => Summary.Of(row, results.RoundsOf(row)))];

    public void Write(string directory)
    {
        string charts = Path.Combine(directory, "benchmarks");
        Directory.CreateDirectory(charts);
        foreach (string old in Directory.EnumerateFiles(charts, "*.svg"))
            File.Delete(old);
        foreach (Chart chart in groups.SelectMany(ChartsOf))
            File.WriteAllText(Path.Combine(charts, chart.File), chart.Svg);
        File.WriteAllText(Path.Combine(directory, "benchmarks.md"), Document());
    }

    /// <summary>The tables alone, for the terminal.</summary>
    public string Text() => string.Join('\n', groups.Select(group => $"\n{group.Title}\n{Table.Text(SummariesOf(group))}{Missing(group)}"));

    private string Document()
    {
        var text = new StringBuilder();
        text.AppendLine("# Benchmarks");
        text.AppendLine($"Written by `bench/compare{(scale == Scale.Quick ? " --quick" : "")}` on {DateTime.Now:yyyy-MM-dd} in {took.TotalMinutes:0.0} minutes, on one machine: {Machine.Describe()}.");
        text.AppendLine();
        text.AppendLine("Every peer has a host of its own (a network namespace) with a cable to a LAN (another one), and does the same work, one after the other in every round, every other round backwards. "
            + "A cell is the median over the rounds, (its ratio to the bare veth pair: the median of the ratios within each round), and half the distance between the quartiles. Bold is the best of those who "
            + "offer a network; the veth pair is the limit, no competitor. Ratios carry over to other machines, figures do not.");
        text.AppendLine();
        text.AppendLine("Where a client waits for each answer, client and server share a CPU (that measures the work of both, not how fast one CPU wakes another); else they have one each. " + DisturbanceRule.Text);
        text.AppendLine();
        AppendPeers(text);
        foreach (IGroup group in groups)
            AppendGroup(text, group);
        return text.ToString();
    }

    private void AppendPeers(StringBuilder text)
    {
        text.AppendLine("| | | version |\n|---|---|---|");
        foreach (Peer peer in PeerCatalog.All)
            text.AppendLine($"| {peer.Name} | {peer.Title} | {results.NotRun.FirstOrDefault(miss => miss.Group is null && miss.Peer == peer.Name)?.Reason ?? Version(peer)} |");
    }

    private void AppendGroup(StringBuilder text, IGroup group)
    {
        text.AppendLine($"\n## {group.Title}");
        text.AppendLine(group.Note);
        foreach (Chart chart in ChartsOf(group))
            text.AppendLine($"\n![{chart.Title}](benchmarks/{chart.File})");
        text.AppendLine();
        text.Append(Table.Markdown(SummariesOf(group)));
        text.Append(Missing(group));
    }

    private string Missing(IGroup group)
    {
        NotRun[] misses = [.. results.NotRun.Where(miss => miss.Group == group.Name)];
        return misses.Length == 0 ? "" : "\nNot run:\n" + string.Concat(misses.Select(miss => $"- {miss.Peer}{(miss.What.Length > 0 ? $", {miss.What}" : "")}: {miss.Reason}\n"));
    }

    private Summary[] SummariesOf(IGroup group) => [.. _summaries.Where(summary => summary.Row.Group == group.Name)];

    private IReadOnlyList<Chart> ChartsOf(IGroup group) => Chart.Of(group, SummariesOf(group));

    private static string Version(Peer peer) => Shell.Run(peer.Version, mayFail: true).Split('\n')[0];
}
