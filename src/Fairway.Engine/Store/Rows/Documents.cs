using System.Text.Json;
using Fairway.Model.Json;
using Microsoft.Data.Sqlite;

namespace Fairway.Engine.Store.Rows;

/// <summary>Rows that are one JSON document under an id.</summary>
internal static class Documents
{
    public static string Key(Guid id) => id.ToString("D");

    /// <summary>Reads the documents of a table.</summary>
    /// <exception cref="InvalidDataException">One is unreadable; the message names it.</exception>
    public static List<T> Load<T>(SqliteConnection connection, string table) =>
        Statement.Read(connection, $"SELECT id, document FROM {table} ORDER BY id", row => Parse<T>(table, row.GetString(0), row.GetString(1)));

    private static T Parse<T>(string table, string id, string document)
    {
        try
        {
            return FairwayJson.Deserialize<T>(document);
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"row '{id}' of table '{table}' is unreadable: {problem.Message}", problem);
        }
    }
}
