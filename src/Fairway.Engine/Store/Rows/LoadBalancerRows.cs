using Fairway.Model.Json;
using Fairway.Model.LoadBalancers;
using Microsoft.Data.Sqlite;

namespace Fairway.Engine.Store.Rows;

/// <summary>Table <c>load_balancers</c>.</summary>
internal sealed class LoadBalancerRows(SqliteConnection connection) : IDisposable
{
    private readonly Statement _put = new(connection, "INSERT OR REPLACE INTO load_balancers (id, document) VALUES (?1, ?2)");
    private readonly Statement _delete = new(connection, "DELETE FROM load_balancers WHERE id = ?1");

    public static List<LoadBalancer> Load(SqliteConnection connection) => Documents.Load<LoadBalancer>(connection, "load_balancers");

    public void Put(LoadBalancer balancer) => _put.Run(Documents.Key(balancer.Spec.Id), FairwayJson.Serialize(balancer));

    public void Delete(Guid id) => _delete.Run(Documents.Key(id));

    public void Dispose()
    {
        _put.Dispose();
        _delete.Dispose();
    }
}
