namespace Fairway.Bench.Measuring;

/// <summary>Everything that was measured, and what was not.</summary>
internal sealed class Results
{
    private readonly Dictionary<Row, List<RoundOfRow>> _rows = [];
    private readonly List<NotRun> _notRun = [];

    /// <summary>Rows in the order in which they were first measured.</summary>
    public IReadOnlyCollection<Row> Rows => _rows.Keys;

    public IReadOnlyList<NotRun> NotRun => _notRun;

    public IReadOnlyList<RoundOfRow> RoundsOf(Row row) => _rows[row];

    /// <summary>Adds a round.</summary>
    public void Add(string? disturbance, IEnumerable<(string Peer, Reading Reading)> readings)
    {
        foreach (var row in readings.GroupBy(item => item.Reading.Row))
        {
            if (!_rows.TryGetValue(row.Key, out List<RoundOfRow>? rounds))
                _rows.Add(row.Key, rounds = []);
            rounds.Add(new RoundOfRow(disturbance, row.ToDictionary(item => item.Peer, item => item.Reading.Value)));
        }
    }

    /// <summary>Notes what has no figures, once.</summary>
    public void Miss(NotRun miss)
    {
        if (_notRun.Contains(miss))
            return;
        _notRun.Add(miss);
        Console.Error.WriteLine($"  not run: {miss.Peer}{(miss.What.Length > 0 ? $", {miss.What}" : "")}: {miss.Reason}");
    }
}
