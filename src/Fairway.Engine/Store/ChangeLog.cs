using System.Runtime.CompilerServices;
using Fairway.Model.Changes;
using Fairway.Model.Errors;

namespace Fairway.Engine.Store;

/// <summary>The last changes, and a way to wait for the next. What fell out of it cannot be told: the reader has to list again.</summary>
internal sealed class ChangeLog
{
    private readonly Lock _gate = new();
    private readonly Change[] _ring;
    private long _end;
    private long _forgotten;
    private long _newest;
    private TaskCompletionSource _appended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="revision">What came up to here is not known.</param>
    /// <param name="capacity">How many changes to keep.</param>
    public ChangeLog(long revision, int capacity = 4096)
    {
        _forgotten = revision;
        _newest = revision;
        _ring = new Change[capacity];
    }

    public void Append(long revision, IReadOnlyList<Change> changes)
    {
        TaskCompletionSource appended;
        lock (_gate)
        {
            foreach (var change in changes)
            {
                if (_end >= _ring.Length)
                    _forgotten = _ring[_end % _ring.Length].Revision;
                _ring[_end++ % _ring.Length] = change;
            }
            _newest = revision;
            appended = _appended;
            _appended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        appended.SetResult();
    }

    /// <summary>All changes after a revision, for as long as somebody reads.</summary>
    /// <exception cref="FairwayException">Conflict: they are not all known any more.</exception>
    public async IAsyncEnumerable<Change> ReadAsync(long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            var changes = Take(after, out var appended);
            foreach (var change in changes)
                yield return change;
            if (changes.Count > 0)
                after = changes[^1].Revision;
            else
                await appended.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    private List<Change> Take(long after, out Task appended)
    {
        lock (_gate)
        {
            if (after < _forgotten || after > _newest)
                throw TooOld(after);
            appended = _appended.Task;
            // From the end: readers have seen nearly all of it.
            var first = _end;
            while (first > Math.Max(0, _end - _ring.Length) && _ring[(first - 1) % _ring.Length].Revision > after)
                first--;
            var changes = new List<Change>((int)(_end - first));
            for (var i = first; i < _end; i++)
                changes.Add(_ring[i % _ring.Length]);
            return changes;
        }
    }

    private FairwayException TooOld(long after) => new(ErrorKind.Conflict, "changes",
        $"read the changes after revision {after}: only those from {_forgotten} to {_newest} are known; list everything again and go on from there");
}
