using Microsoft.Data.Sqlite;

namespace Fairway.Engine.Store.Rows;

/// <summary>Table <c>settings</c>: settings of the host as they were before Fairway changed them.</summary>
internal sealed class SettingRows(SqliteConnection connection) : IDisposable
{
    private readonly Statement _put = new(connection, "INSERT OR REPLACE INTO settings (name, original) VALUES (?1, ?2)");
    private readonly Statement _delete = new(connection, "DELETE FROM settings WHERE name = ?1");

    public static Dictionary<string, string> Load(SqliteConnection connection) =>
        Statement.Read(connection, "SELECT name, original FROM settings", row => (row.GetString(0), row.GetString(1)))
            .ToDictionary(row => row.Item1, row => row.Item2, StringComparer.Ordinal);

    public void Put(string name, string? original)
    {
        if (original is null)
            _delete.Run(name);
        else
            _put.Run(name, original);
    }

    public void Dispose()
    {
        _put.Dispose();
        _delete.Dispose();
    }
}
