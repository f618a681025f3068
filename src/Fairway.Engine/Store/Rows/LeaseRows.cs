using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Fairway.Engine.Ipam;
using Fairway.Engine.State;
using Microsoft.Data.Sqlite;

namespace Fairway.Engine.Store.Rows;

/// <summary>Tables <c>leases</c> and <c>positions</c> (where the search for a subnet's next address begins).</summary>
internal sealed class LeaseRows(SqliteConnection connection) : IDisposable
{
    private readonly Statement _put = new(connection, """
        INSERT OR REPLACE INTO leases (network, address, endpoint, netns_cookie, boot_id, freed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        """);
    private readonly Statement _delete = new(connection, "DELETE FROM leases WHERE network = ?1 AND address = ?2");
    private readonly Statement _putPosition = new(connection, "INSERT OR REPLACE INTO positions (network, prefix, position) VALUES (?1, ?2, ?3)");

    /// <summary>Resting ones in the order in which they were freed.</summary>
    public static List<Lease> Load(SqliteConnection connection) => Statement.Read(
        connection,
        "SELECT network, address, endpoint, netns_cookie, boot_id, freed_at FROM leases ORDER BY freed_at",
        row => new Lease(
            Guid.Parse(row.GetString(0)),
            IPAddress.Parse(row.GetString(1)),
            Guid.Parse(row.GetString(2)),
            unchecked((ulong)row.GetInt64(3)),
            row.GetString(4),
            row.IsDBNull(5) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5))));

    public static List<(Guid Network, IPNetwork Prefix, UInt128 Position)> LoadPositions(SqliteConnection connection) => Statement.Read(
        connection,
        "SELECT network, prefix, position FROM positions",
        row => (Guid.Parse(row.GetString(0)), IPNetwork.Parse(row.GetString(1)), UInt128.Parse(row.GetString(2), CultureInfo.InvariantCulture)));

    public void Put(Lease lease) => _put.Run(
        Documents.Key(lease.Network),
        lease.Address.ToString(),
        Documents.Key(lease.Endpoint),
        unchecked((long)lease.NetnsCookie),
        lease.BootId,
        lease.FreedAt?.ToUnixTimeMilliseconds());

    public void Delete(Guid network, ImmutableArray<IPAddress> addresses)
    {
        foreach (var address in addresses)
            _delete.Run(Documents.Key(network), address.ToString());
    }

    public void PutPosition(Guid network, SubnetPool pool) => _putPosition.Run(
        Documents.Key(network), pool.Spec.Prefix.ToString(), pool.Position.ToString(CultureInfo.InvariantCulture));

    public void Dispose()
    {
        _put.Dispose();
        _delete.Dispose();
        _putPosition.Dispose();
    }
}
