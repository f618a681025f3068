using System.Text;
using Fairway.Bench.Measuring;
using Fairway.Bench.Peers;

namespace Fairway.Bench.Reporting;

/// <summary>Rows by peers.</summary>
internal static class Table
{
    /// <summary>For the document.</summary>
    public static string Markdown(IReadOnlyList<Summary> summaries)
    {
        string[] peers = Columns(summaries);
        var text = new StringBuilder($"| | {string.Join(" | ", peers)} | rounds |\n|---|{string.Concat(Enumerable.Repeat("---:|", peers.Length + 1))}\n");
        foreach (Summary summary in summaries)
        {
            string? best = Best(summary);
            text.Append($"| {Title(summary)} |");
            foreach (string peer in peers)
                text.Append(summary.Figures.TryGetValue(peer, out Figure? figure) ? $" {(peer == best ? $"**{Unit.Write(figure.Median)}**" : Unit.Write(figure.Median))}{Details(peer, figure)} |" : " |");
            text.AppendLine($" {summary.Kept} of {summary.Measured} |");
        }
        return text.ToString();
    }

    /// <summary>For a terminal.</summary>
    public static string Text(IReadOnlyList<Summary> summaries)
    {
        string[] peers = Columns(summaries);
        var text = new StringBuilder($"{"",-42}{string.Concat(peers.Select(peer => $"{peer,20}"))}{"rounds",9}\n");
        foreach (Summary summary in summaries)
        {
            text.Append($"{Title(summary),-42}");
            foreach (string peer in peers)
                text.Append($"{(summary.Figures.TryGetValue(peer, out Figure? figure) ? Unit.Write(figure.Median) + Details(peer, figure) : ""),20}");
            text.AppendLine($"{$"{summary.Kept}/{summary.Measured}",9}");
        }
        return text.ToString();
    }

    private static string Title(Summary summary) => $"{summary.Row}, {summary.Row.Unit.Text}{(summary.IsDisturbed ? " !" : "")}";

    private static string Details(string peer, Figure figure)
    {
        string spread = figure.High > figure.Low ? $" ±{(figure.High - figure.Low) / 2 / figure.Median * 100:0} %" : "";
        return (figure.Ratio is { } ratio && peer != DisturbanceRule.Limit ? $" ({Unit.Write(ratio)})" : "") + spread;
    }

    private static string? Best(Summary summary)
    {
        var others = summary.Figures.Where(item => item.Key != DisturbanceRule.Limit).ToArray();
        return others.Length < 2 ? null : (summary.Row.Unit.MoreIsBetter ? others.MaxBy(item => item.Value.Median) : others.MinBy(item => item.Value.Median)).Key;
    }

    private static string[] Columns(IReadOnlyList<Summary> summaries)
        => [.. PeerCatalog.All.Select(peer => peer.Name).Where(name => summaries.Any(summary => summary.Figures.ContainsKey(name)))];
}
