using System.Globalization;
using Fairway.Engine.Diagnostics;
using Fairway.Engine.State;
using Fairway.Engine.Store.Rows;
using Fairway.Model.Errors;
using Microsoft.Data.Sqlite;

namespace Fairway.Engine.Store;

/// <summary>The SQLite file: loads the state, commits writes, copies itself.</summary>
internal sealed class StoreDatabase : IDisposable
{
    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly StoreWriter _writer;
    private readonly Statement _begin;
    private readonly Statement _commit;

    private StoreDatabase(string path, SqliteConnection connection)
    {
        _path = path;
        _connection = connection;
        _writer = new StoreWriter(connection);
        _begin = new Statement(connection, "BEGIN IMMEDIATE");
        _commit = new Statement(connection, "COMMIT");
    }

    /// <summary>Opens or creates the file of an instance.</summary>
    /// <exception cref="FairwayException">The message says what is in the way and what to do.</exception>
    public static StoreDatabase Open(string path, string instance, DateTimeOffset now, Action<EngineMessage> tell)
    {
        var database = new StoreDatabase(path, StoreFile.Open(path, now, tell));
        try
        {
            database.Claim(instance);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Reads everything.</summary>
    /// <exception cref="FairwayException">Internal: a row is damaged.</exception>
    public HostState Load()
    {
        try
        {
            return StoreReader.Read(_connection, FactRows.Load(_connection));
        }
        catch (Exception problem) when (problem is SqliteException or InvalidDataException or FormatException or KeyNotFoundException or System.Text.Json.JsonException)
        {
            throw StoreFile.Damaged(_path, problem.Message, problem);
        }
    }

    public Dictionary<string, string> LoadSettings() => SettingRows.Load(_connection);

    /// <summary>Commits writes together: all of them are on the disk on return, or none.</summary>
    /// <exception cref="FairwayException">Unavailable: the disk refused. Internal: a row could not be written.</exception>
    public void Commit(IEnumerable<StoreTransaction> transactions)
    {
        try
        {
            _begin.Run();
            foreach (var transaction in transactions)
            {
                foreach (var row in transaction.Rows)
                    row(_writer);
                _writer.Facts.Put(FactRows.Revision, transaction.Revision.ToString(CultureInfo.InvariantCulture));
            }
            _commit.Run();
        }
        catch (Exception problem)
        {
            RollBack();
            throw new FairwayException(problem is SqliteException ? ErrorKind.Unavailable : ErrorKind.Internal, _path,
                $"write the store '{_path}': {problem.Message}; nothing was changed, make room or repair the disk and ask again", inner: problem);
        }
    }

    /// <summary>Copies the file, over a connection of its own: commits go on meanwhile.</summary>
    public void Backup(string path)
    {
        using var reader = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _path, Pooling = false, Mode = SqliteOpenMode.ReadOnly }.ToString());
        reader.Open();
        StoreFile.Backup(reader, path);
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _writer.Dispose();
        _connection.Dispose();
    }

    private void RollBack()
    {
        try
        {
            Statement.Execute(_connection, "ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself after some errors, a full disk among them.
        }
    }

    /// <summary>Writes the facts of a new store; refuses another instance's.</summary>
    private void Claim(string instance)
    {
        var facts = FactRows.Load(_connection);
        if (facts.TryGetValue(FactRows.Instance, out var owner) && owner != instance)
        {
            throw new FairwayException(ErrorKind.Conflict, _path,
                $"open the store '{_path}': it belongs to instance '{owner}', not '{instance}'; give this instance another --state");
        }
        if (owner is not null)
            return;
        _begin.Run();
        _writer.Facts.Put(FactRows.Instance, instance);
        _writer.Facts.Put(FactRows.HostPrefix, HostPrefix.Random().ToString());
        _writer.Facts.Put(FactRows.Revision, "0");
        _commit.Run();
    }
}
