using Fairway.Model.Endpoints;
using Fairway.Model.Json;
using Microsoft.Data.Sqlite;

namespace Fairway.Engine.Store.Rows;

/// <summary>Table <c>endpoints</c>. Publications have a table of their own: publishing one more port must not rewrite ten thousand.</summary>
internal sealed class EndpointRows(SqliteConnection connection) : IDisposable
{
    private readonly Statement _put = new(connection, """
        INSERT INTO endpoints (id, network, port, document) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (id) DO UPDATE SET port = ?3, document = ?4
        """);
    private readonly Statement _delete = new(connection, "DELETE FROM endpoints WHERE id = ?1");

    public static List<Endpoint> Load(SqliteConnection connection) => Documents.Load<Endpoint>(connection, "endpoints");

    public void Put(Endpoint endpoint) => _put.Run(
        Documents.Key(endpoint.Spec.Id),
        Documents.Key(endpoint.Spec.NetworkId),
        // One of another host has no port, and its own id in the column that is unique.
        endpoint.Port == 0 ? Documents.Key(endpoint.Spec.Id) : endpoint.Port,
        FairwayJson.Serialize(endpoint with { Spec = endpoint.Spec with { Publications = [] } }));

    public void Delete(Guid id) => _delete.Run(Documents.Key(id));

    public void Dispose()
    {
        _put.Dispose();
        _delete.Dispose();
    }
}
