namespace Fairway.Bench.Measuring;

/// <summary>
/// Which rounds count. A round is dropped as a whole, for every peer, and for reasons that no peer's figure has a part in: what the machine was doing besides, and
/// what the limit measured.
/// </summary>
internal static class DisturbanceRule
{
    /// <summary>The peer that is the limit of what the kernel can do.</summary>
    public const string Limit = "veth";

    private const double Steal = 0.02;
    private const double Foreign = 0.05;
    private const double Deviation = 0.15;

    /// <summary>The rule, for people.</summary>
    public static string Text =>
        $"A round is dropped, for all peers at once, when the hypervisor took more than {Steal:0 %} of the machine's CPU time from it, when programs that are no part of the comparison used more than "
        + $"{Foreign:0 %} of it, or when the bare veth pair measured more than {Deviation:0 %} beside its own median of that rate (latencies of single operations vary by themselves). Rounds dropped for one of the first two reasons are measured again in a full run, "
        + "within bounds. No peer's figure has a part in that. A row with fewer than two clean rounds shows all of them and is marked `!`.";

    /// <summary>What disturbed a round while it ran, or null.</summary>
    public static string? Judge(Weather before, Weather after)
    {
        double total = Math.Max(after.Total - before.Total, 1);
        double steal = (after.Steal - before.Steal) / total, foreign = Math.Max(after.Foreign - before.Foreign, 0) / total;
        return steal > Steal ? $"{steal:0.0 %} stolen" : foreign > Foreign ? $"{foreign:0.0 %} used by others" : null;
    }

    /// <summary>The rounds of a row that count.</summary>
    public static IReadOnlyList<RoundOfRow> Clean(Row row, IReadOnlyList<RoundOfRow> rounds)
    {
        RoundOfRow[] quiet = [.. rounds.Where(round => round.Disturbance is null)];
        double[] limits = [.. quiet.Where(round => round.Values.ContainsKey(Limit)).Select(round => round.Values[Limit])];
        if (limits.Length == 0 || !row.Unit.MoreIsBetter)
            return quiet;
        double median = limits.Median();
        return [.. quiet.Where(round => !round.Values.TryGetValue(Limit, out double limit) || Math.Abs(limit - median) <= median * Deviation)];
    }
}
