using Fairway.Engine.Store.Rows;
using Microsoft.Data.Sqlite;

namespace Fairway.Engine.Store;

/// <summary>The prepared statements of every table.</summary>
internal sealed class StoreWriter(SqliteConnection connection) : IDisposable
{
    public NetworkRows Networks { get; } = new(connection);

    public EndpointRows Endpoints { get; } = new(connection);

    public NamespaceRows Namespaces { get; } = new(connection);

    public LeaseRows Leases { get; } = new(connection);

    public PublicationRows Publications { get; } = new(connection);

    public PolicyRows Policies { get; } = new(connection);

    public LoadBalancerRows LoadBalancers { get; } = new(connection);

    public RouteRows Routes { get; } = new(connection);

    public NumberRows Numbers { get; } = new(connection);

    public SettingRows Settings { get; } = new(connection);

    public FactRows Facts { get; } = new(connection);

    public void Dispose()
    {
        Networks.Dispose();
        Endpoints.Dispose();
        Namespaces.Dispose();
        Leases.Dispose();
        Publications.Dispose();
        Policies.Dispose();
        LoadBalancers.Dispose();
        Routes.Dispose();
        Numbers.Dispose();
        Settings.Dispose();
        Facts.Dispose();
    }
}
