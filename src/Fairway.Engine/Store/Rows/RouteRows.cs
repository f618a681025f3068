using Fairway.Model.Json;
using Fairway.Model.Routes;
using Microsoft.Data.Sqlite;

namespace Fairway.Engine.Store.Rows;

/// <summary>Table <c>routes</c>.</summary>
internal sealed class RouteRows(SqliteConnection connection) : IDisposable
{
    private readonly Statement _put = new(connection, "INSERT OR REPLACE INTO routes (id, document) VALUES (?1, ?2)");
    private readonly Statement _delete = new(connection, "DELETE FROM routes WHERE id = ?1");

    public static List<Route> Load(SqliteConnection connection) => Documents.Load<Route>(connection, "routes");

    public void Put(Route route) => _put.Run(Documents.Key(route.Spec.Id), FairwayJson.Serialize(route));

    public void Delete(Guid id) => _delete.Run(Documents.Key(id));

    public void Dispose()
    {
        _put.Dispose();
        _delete.Dispose();
    }
}
