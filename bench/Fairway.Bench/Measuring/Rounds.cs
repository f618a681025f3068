namespace Fairway.Bench.Measuring;

/// <summary>
/// Measures contenders one after the other, round by round (A B C, C B A, ...), so that whatever disturbs the machine disturbs all of them and nobody always comes after the same
/// neighbour.
/// </summary>
/// <param name="results">Where the figures go.</param>
/// <param name="kinship">Who belongs to the comparison.</param>
/// <param name="again">How many rounds more, in relation to those wanted, when rounds were disturbed.</param>
/// <param name="stop">Ends it.</param>
internal sealed class Rounds(Results results, Kinship kinship, double again, CancellationToken stop)
{
    /// <summary>Measures a number of rounds, more when rounds were disturbed.</summary>
    /// <param name="group">The group.</param>
    /// <param name="title">What is measured, for the watcher and for what does not run.</param>
    /// <param name="wanted">Undisturbed rounds wanted.</param>
    /// <param name="contenders">Who takes part. One that fails is out, and the reason is noted.</param>
    /// <param name="warmUp">Rounds before that, which do not count.</param>
    public void Run(string group, string title, int wanted, IEnumerable<Contender> contenders, int warmUp = 1)
    {
        List<Contender> present = [.. contenders];
        int kept = 0;
        for (int round = -warmUp; kept < wanted && round < (1 + again) * wanted && present.Count > 0; round++)
        {
            Weather before = Weather.Now(kinship);
            List<(string, Reading)> readings = [];
            foreach (Contender contender in round % 2 == 0 ? present.ToArray() : [.. Enumerable.Reverse(present)])
                readings.AddRange(Turn(contender, group, title, present).Select(reading => (contender.Peer, reading)));
            if (round < 0)
                continue;
            string? disturbance = DisturbanceRule.Judge(before, Weather.Now(kinship));
            results.Add(disturbance, readings);
            kept += disturbance is null ? 1 : 0;
            if (disturbance is not null)
                Console.Error.WriteLine($"  {title}: a round was disturbed: {disturbance}");
        }
        Console.Error.WriteLine($"  {title}: {kept} rounds");
    }

    private IReadOnlyList<Reading> Turn(Contender contender, string group, string title, List<Contender> present)
    {
        stop.ThrowIfCancellationRequested();
        try
        {
            return contender.Turn();
        }
        catch (Exception e) when (!stop.IsCancellationRequested && e is not OperationCanceledException)
        {
            present.Remove(contender);
            results.Miss(new NotRun(group, contender.Peer, title, e.Message.ReplaceLineEndings(" ").Trim()));
            return [];
        }
    }
}
