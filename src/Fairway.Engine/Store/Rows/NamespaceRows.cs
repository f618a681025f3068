using Fairway.Model.Json;
using Fairway.Model.Namespaces;
using Microsoft.Data.Sqlite;

namespace Fairway.Engine.Store.Rows;

/// <summary>Table <c>namespaces</c>. Which endpoints are in one follows from the endpoints.</summary>
internal sealed class NamespaceRows(SqliteConnection connection) : IDisposable
{
    private readonly Statement _put = new(connection, """
        INSERT INTO namespaces (id, compartment, document) VALUES (?1, ?2, ?3)
        ON CONFLICT (id) DO UPDATE SET document = ?3
        """);
    private readonly Statement _delete = new(connection, "DELETE FROM namespaces WHERE id = ?1");

    public static List<NetworkNamespace> Load(SqliteConnection connection) => Documents.Load<NetworkNamespace>(connection, "namespaces");

    public void Put(NamespaceSpec spec, long revision) =>
        _put.Run(Documents.Key(spec.Id), spec.CompartmentId, FairwayJson.Serialize(new NetworkNamespace(spec, [], revision)));

    public void Delete(Guid id) => _delete.Run(Documents.Key(id));

    public void Dispose()
    {
        _put.Dispose();
        _delete.Dispose();
    }
}
