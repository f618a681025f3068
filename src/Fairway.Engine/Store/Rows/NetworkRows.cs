using Fairway.Model.Json;
using Fairway.Model.Networks;
using Microsoft.Data.Sqlite;

namespace Fairway.Engine.Store.Rows;

/// <summary>Table <c>networks</c>.</summary>
internal sealed class NetworkRows(SqliteConnection connection) : IDisposable
{
    private readonly Statement _put = new(connection, """
        INSERT INTO networks (id, number, document) VALUES (?1, ?2, ?3)
        ON CONFLICT (id) DO UPDATE SET number = ?2, document = ?3
        """);
    private readonly Statement _delete = new(connection, "DELETE FROM networks WHERE id = ?1");

    public static List<Network> Load(SqliteConnection connection) => Documents.Load<Network>(connection, "networks");

    public void Put(Network network) => _put.Run(Documents.Key(network.Spec.Id), network.Number, FairwayJson.Serialize(network));

    public void Delete(Guid id) => _delete.Run(Documents.Key(id));

    public void Dispose()
    {
        _put.Dispose();
        _delete.Dispose();
    }
}
