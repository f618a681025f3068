namespace Fairway.Bench.Measuring;

/// <summary>A row after the rule was applied.</summary>
/// <param name="Row">The row.</param>
/// <param name="Figures">What is said of each peer.</param>
/// <param name="Kept">Rounds that count.</param>
/// <param name="Measured">Rounds that were measured.</param>
internal sealed record Summary(Row Row, IReadOnlyDictionary<string, Figure> Figures, int Kept, int Measured)
{
    /// <summary>Whether too few rounds were clean, so that all of them count.</summary>
    public bool IsDisturbed { get; private init; }

    public static Summary Of(Row row, IReadOnlyList<RoundOfRow> rounds)
    {
        IReadOnlyList<RoundOfRow> clean = DisturbanceRule.Clean(row, rounds);
        bool enough = clean.Count >= Math.Min(2, rounds.Count);
        IReadOnlyList<RoundOfRow> counted = enough ? clean : rounds;
        string[] peers = [.. counted.SelectMany(round => round.Values.Keys).Distinct()];
        return new Summary(row, peers.ToDictionary(peer => peer, peer => FigureOf(peer, counted)), counted.Count, rounds.Count) { IsDisturbed = !enough };
    }

    private static Figure FigureOf(string peer, IReadOnlyList<RoundOfRow> rounds)
    {
        double[] values = [.. rounds.Where(round => round.Values.ContainsKey(peer)).Select(round => round.Values[peer])];
        double[] ratios = [.. rounds.Where(round => round.Values.ContainsKey(peer) && round.Values.GetValueOrDefault(DisturbanceRule.Limit) > 0)
            .Select(round => round.Values[peer] / round.Values[DisturbanceRule.Limit])];
        return new Figure(values.Median(), values.Quantile(0.25), values.Quantile(0.75), ratios.Length > 0 ? ratios.Median() : null);
    }
}
