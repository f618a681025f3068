using Fairway.Engine.Diagnostics;
using Fairway.Model.Errors;
using Microsoft.Data.Sqlite;

namespace Fairway.Engine.Store;

/// <summary>Opens the database file: refuses what is not ours, damaged or too new, and brings an older one to this release's schema.</summary>
internal static class StoreFile
{
    /// <summary>In the header of our databases (PRAGMA application_id): "FWAY".</summary>
    private const long ApplicationId = 0x46574159;

    /// <summary>Opens or creates the database.</summary>
    /// <exception cref="FairwayException">Unsupported: made by a newer release. Internal: damaged, or no store at all.</exception>
    public static SqliteConnection Open(string path, DateTimeOffset now, Action<EngineMessage> tell)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, ForeignKeys = true }.ToString());
        try
        {
            RefuseEmptied(path);
            connection.Open();
            var version = Recognize(connection, path);
            Statement.Execute(connection, $"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = {LogSpace.Pages}");
            if (version == 0)
                Create(connection);
            else if (version < Migration.Newest)
                Upgrade(connection, path, version, now, tell);
            LogSpace.Reserve(path);
            return connection;
        }
        catch (SqliteException problem)
        {
            connection.Dispose();
            throw Damaged(path, problem.Message, problem);
        }
        catch (FairwayException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Writes a consistent copy of an open database to a new file.</summary>
    /// <exception cref="FairwayException">AlreadyExists, or the file cannot be written.</exception>
    public static void Backup(SqliteConnection connection, string path)
    {
        if (Path.Exists(path))
            throw new FairwayException(ErrorKind.AlreadyExists, path, $"back up to '{path}': the file exists; choose a new name");
        try
        {
            using var copy = new Statement(connection, "VACUUM INTO ?1");
            copy.Run(path);
        }
        catch (SqliteException problem)
        {
            throw new FairwayException(ErrorKind.Unavailable, path, $"back up to '{path}': {problem.Message}; choose a directory that can be written", inner: problem);
        }
    }

    public static FairwayException Damaged(string path, string why, Exception? inner = null) => new(ErrorKind.Internal, path,
        $"open the store '{path}': {why}; put a backup in its place, or move it away to start without networks", inner: inner);

    /// <summary>
    /// SQLite takes an empty file for a new database and throws its log away. But it begins a log only when the database has its first page: this one had
    /// content. One that is gone was moved away, as the message for damage proposes.
    /// </summary>
    private static void RefuseEmptied(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: 0 } && new FileInfo($"{path}-wal") is { Exists: true, Length: > 0 })
            throw Damaged(path, "the file is empty, and its log of writes is not");
    }

    /// <summary>The schema version, 0 for a new file; nothing is written yet.</summary>
    private static long Recognize(SqliteConnection connection, string path)
    {
        if (Pragma(connection, "schema_version") == 0)
            return 0;
        if (Pragma(connection, "application_id") != ApplicationId)
            throw Damaged(path, "it is a database of another program");
        var version = Pragma(connection, "user_version");
        if (version > Migration.Newest)
        {
            throw new FairwayException(ErrorKind.Unsupported, path, $"open the store '{path}': a newer release wrote it (schema {version}, "
                + $"this one knows {Migration.Newest}); install that release, or put the backup it made in its place");
        }
        var findings = Statement.Read(connection, "PRAGMA quick_check(1)", row => row.GetString(0));
        return findings is ["ok"] ? version : throw Damaged(path, $"the file is damaged ({string.Join("; ", findings)})");
    }

    private static void Create(SqliteConnection connection)
    {
        Statement.Execute(connection, $"PRAGMA application_id = {ApplicationId}");
        Apply(connection, Migration.All);
    }

    private static void Upgrade(SqliteConnection connection, string path, long version, DateTimeOffset now, Action<EngineMessage> tell)
    {
        var backup = $"{path}.schema{version}.{now:yyyyMMddHHmmss}";
        Backup(connection, backup);
        var steps = Migration.All.Where(step => step.Version > version).ToList();
        foreach (var step in steps)
            tell(new EngineMessage(Severity.Information, $"upgrade the store '{path}' to schema {step.Version}: {step.Told}; the old one is kept as '{backup}'"));
        Apply(connection, steps);
    }

    private static void Apply(SqliteConnection connection, IReadOnlyList<Migration> steps)
    {
        Statement.Execute(connection, "BEGIN IMMEDIATE");
        foreach (var step in steps)
            Statement.Execute(connection, step.Sql);
        Statement.Execute(connection, $"PRAGMA user_version = {steps[^1].Version}; COMMIT");
    }

    private static long Pragma(SqliteConnection connection, string name) => Statement.Read(connection, $"PRAGMA {name}", row => row.GetInt64(0))[0];
}
