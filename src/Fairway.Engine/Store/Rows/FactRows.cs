using Microsoft.Data.Sqlite;

namespace Fairway.Engine.Store.Rows;

/// <summary>Table <c>facts</c>: what there is one of.</summary>
internal sealed class FactRows(SqliteConnection connection) : IDisposable
{
    public const string Instance = "instance";
    public const string HostPrefix = "host_prefix";
    public const string Revision = "revision";
    public const string BootId = "boot_id";

    private readonly Statement _put = new(connection, "INSERT OR REPLACE INTO facts (name, value) VALUES (?1, ?2)");

    public static Dictionary<string, string> Load(SqliteConnection connection) =>
        Statement.Read(connection, "SELECT name, value FROM facts", row => (row.GetString(0), row.GetString(1)))
            .ToDictionary(row => row.Item1, row => row.Item2, StringComparer.Ordinal);

    public void Put(string name, string value) => _put.Run(name, value);

    public void Dispose() => _put.Dispose();
}
