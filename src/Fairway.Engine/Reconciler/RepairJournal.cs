using Fairway.Model.Health;

namespace Fairway.Engine.Reconciler;

/// <summary>What was put back lately. It is kept in memory only: a restart compares everything anyway.</summary>
internal sealed class RepairJournal(TimeProvider time)
{
    private const int Most = 100;
    private static readonly TimeSpan s_kept = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Queue<Repair> _repairs = [];

    public void Note(string what)
    {
        lock (_gate)
        {
            _repairs.Enqueue(new Repair(time.GetUtcNow(), what));
            while (_repairs.Count > Most)
                _repairs.Dequeue();
        }
    }

    /// <summary>Those of the last hour, the newest last.</summary>
    public IReadOnlyList<Repair> Recent()
    {
        var since = time.GetUtcNow() - s_kept;
        lock (_gate)
            return [.. _repairs.Where(repair => repair.At >= since)];
    }
}
