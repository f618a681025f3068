using Fairway.Engine.Ipam;
using Microsoft.Data.Sqlite;

namespace Fairway.Engine.Store.Rows;

/// <summary>Tables <c>generations</c> (how often a port number was given) and <c>cursors</c> (the number of each kind given last).</summary>
internal sealed class NumberRows(SqliteConnection connection) : IDisposable
{
    private readonly Statement _putGeneration = new(connection, "INSERT OR REPLACE INTO generations (port, generation) VALUES (?1, ?2)");
    private readonly Statement _putCursor = new(connection, "INSERT OR REPLACE INTO cursors (kind, number) VALUES (?1, ?2)");

    public static List<(uint Port, uint Generation)> LoadGenerations(SqliteConnection connection) =>
        Statement.Read(connection, "SELECT port, generation FROM generations", row => ((uint)row.GetInt64(0), (uint)row.GetInt64(1)));

    public static List<(NumberKind Kind, uint Number)> LoadCursors(SqliteConnection connection) =>
        Statement.Read(connection, "SELECT kind, number FROM cursors", row => (Enum.Parse<NumberKind>(row.GetString(0)), (uint)row.GetInt64(1)));

    public void PutGeneration(uint port, uint generation) => _putGeneration.Run(port, generation);

    public void PutCursor(NumberKind kind, uint number) => _putCursor.Run(kind.ToString(), number);

    public void Dispose()
    {
        _putGeneration.Dispose();
        _putCursor.Dispose();
    }
}
