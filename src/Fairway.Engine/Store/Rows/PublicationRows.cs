using Fairway.Engine.State;
using Fairway.Model.Json;
using Fairway.Model.Ports;
using Microsoft.Data.Sqlite;

namespace Fairway.Engine.Store.Rows;

/// <summary>Table <c>publications</c>; the row id keeps the order in which they were made.</summary>
internal sealed class PublicationRows(SqliteConnection connection) : IDisposable
{
    private readonly Statement _put = new(connection, "INSERT INTO publications (endpoint, number4, number6, document) VALUES (?1, ?2, ?3, ?4)");
    private readonly Statement _delete = new(connection, "DELETE FROM publications WHERE number4 = ?1 AND number6 = ?2");

    public static List<NumberedPublication> Load(SqliteConnection connection) => Statement.Read(
        connection,
        "SELECT endpoint, document, number4, number6 FROM publications ORDER BY id",
        row => new NumberedPublication(
            Guid.Parse(row.GetString(0)),
            FairwayJson.Deserialize<PortPublication>(row.GetString(1)),
            (uint)row.GetInt64(2),
            (uint)row.GetInt64(3)));

    public void Put(NumberedPublication publication) => _put.Run(
        Documents.Key(publication.Endpoint), publication.Number4, publication.Number6, FairwayJson.Serialize(publication.Publication));

    public void Delete(NumberedPublication publication) => _delete.Run(publication.Number4, publication.Number6);

    public void Dispose()
    {
        _put.Dispose();
        _delete.Dispose();
    }
}
