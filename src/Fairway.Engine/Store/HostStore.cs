using System.Collections.Concurrent;
using Fairway.Engine.Diagnostics;
using Fairway.Engine.State;
using Fairway.Model.Errors;

namespace Fairway.Engine.Store;

/// <summary>
/// The one place where a write becomes fact. Writes are made one after another in memory, each on top of the one before; a thread
/// commits them in that order, all that wait in one transaction of the database, so that a hundred at once cost little more than one. The
/// kernel may be brought to a write while it is on its way to the disk; it is answered when both have it. Readers take <see cref="Current"/>, which is what is on the disk, and never wait.
/// </summary>
internal sealed class HostStore : IDisposable
{
    private readonly StoreLock _lock;
    private readonly StoreDatabase _database;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly BlockingCollection<PendingWrite> _queue = [];
    private readonly Thread _committer;
    private HostState _head;
    private Task _lastWrite = Task.CompletedTask;
    private volatile HostState _current;

    private HostStore(StoreLock held, StoreDatabase database, TimeProvider time)
    {
        _lock = held;
        _database = database;
        _time = time;
        _current = _head = database.Load();
        Changes = new ChangeLog(_head.Revision);
        Settings = new SettingRecord(this, database.LoadSettings());
        _committer = new Thread(CommitLoop) { Name = "fairway store", IsBackground = true };
        _committer.Start();
    }

    /// <summary>The last committed state.</summary>
    public HostState Current => _current;

    public ChangeLog Changes { get; }

    public SettingRecord Settings { get; }

    /// <summary>Told about every write in order, as soon as it is made in memory and before it is on the disk.</summary>
    public Action<HostState, StateDelta> Entered { get; set; } = (_, _) => { };

    /// <summary>Told which state counts again after the disk refused writes.</summary>
    public Action<HostState> Abandoned { get; set; } = _ => { };

    /// <summary>Opens or creates the store of a state directory and keeps others out of it.</summary>
    /// <exception cref="FairwayException">The message says what is in the way and what to do.</exception>
    public static HostStore Open(string directory, string instance, TimeProvider time, Action<EngineMessage> tell)
    {
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var held = StoreLock.Take(directory);
        StoreDatabase? database = null;
        try
        {
            database = StoreDatabase.Open(Path.Combine(directory, "fairway.db"), instance, time.GetUtcNow(), tell);
            return new HostStore(held, database, time);
        }
        catch
        {
            database?.Dispose();
            held.Dispose();
            throw;
        }
    }

    /// <summary>Makes one write in memory. A refusal waits for what it may rest on: whoever is refused looks at once for what is in the way.</summary>
    /// <exception cref="FairwayException">From the change.</exception>
    public async ValueTask<StoreWrite<T>> EnterAsync<T>(Func<StoreTransaction, T> change)
    {
        try
        {
            return Enter(change);
        }
        catch (FairwayException)
        {
            await Enter(_ => true).OnDisk.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    /// <summary>Makes one write and waits until it is on the disk.</summary>
    /// <exception cref="FairwayException">From the change, or Unavailable when the disk refuses.</exception>
    public async Task<T> WriteAsync<T>(Func<StoreTransaction, T> change)
    {
        var write = await EnterAsync(change).ConfigureAwait(false);
        await write.OnDisk.ConfigureAwait(false);
        return write.Result;
    }

    /// <summary>Writes a consistent copy of the store to a new file.</summary>
    /// <exception cref="FairwayException">AlreadyExists, or the file cannot be written.</exception>
    public void Backup(string path) => _database.Backup(path);

    public void Dispose()
    {
        _queue.CompleteAdding();
        _committer.Join();
        _queue.Dispose();
        _database.Dispose();
        _lock.Dispose();
    }

    // The change runs at once, alone, and either throws and leaves nothing or goes to the disk.
    private StoreWrite<T> Enter<T>(Func<StoreTransaction, T> change)
    {
        lock (_gate)
        {
            var transaction = new StoreTransaction(_head, _time.GetUtcNow());
            var result = change(transaction);
            if (!transaction.IsEmpty)
                Enqueue(transaction);
            // Nothing to write may still rest on writes that are not on the disk yet.
            return new StoreWrite<T>(result, _lastWrite);
        }
    }

    private void Enqueue(StoreTransaction transaction)
    {
        var write = new PendingWrite(transaction);
        Entered(transaction.State, transaction.Delta);
        try
        {
            _queue.Add(write);
        }
        catch (InvalidOperationException)
        {
            throw new FairwayException(ErrorKind.Unavailable, "store", "write the store: the daemon is stopping; ask again when it runs");
        }
        _head = transaction.State;
        _lastWrite = write.Task;
    }

    private void CommitLoop()
    {
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            var batch = new List<PendingWrite> { first };
            while (_queue.TryTake(out var next))
                batch.Add(next);
            try
            {
                _database.Commit(batch.Select(write => write.Transaction));
                Publish(batch);
            }
            catch (FairwayException problem)
            {
                Abandon(batch, problem);
            }
        }
    }

    private void Publish(List<PendingWrite> batch)
    {
        foreach (var transaction in batch.Select(write => write.Transaction))
        {
            _current = transaction.State;
            Changes.Append(transaction.Revision, transaction.Changes);
        }
        foreach (var write in batch)
            write.Complete();
    }

    /// <summary>Whatever was made on top of a write that failed has failed with it.</summary>
    private void Abandon(List<PendingWrite> batch, FairwayException problem)
    {
        lock (_gate)
        {
            while (_queue.TryTake(out var next))
                batch.Add(next);
            _head = _current;
            _lastWrite = Task.CompletedTask;
            Abandoned(_head);
        }
        foreach (var write in batch)
            write.Fail(problem);
    }
}
