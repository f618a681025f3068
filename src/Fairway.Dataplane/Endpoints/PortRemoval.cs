using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Dataplane.Uplinks;

namespace Fairway.Dataplane.Endpoints;

/// <summary>
/// Takes the rows of a port out. While that goes on the port's own row says so (<see cref="PortFlags.Closing"/>): nothing passes, and whoever finds it,
/// this daemon after a failure or another one after a crash, begins again. Every step may be done twice.
/// </summary>
internal sealed class PortRemoval(SwitchMaps maps, StationTable stations, LimitTable limits)
{
    /// <summary>Says that a port has rows, or will have in a moment, and is not open.</summary>
    public void Announce(uint port, PortRow row)
    {
        row.Flags = (row.Flags & ~PortFlags.Live) | PortFlags.Closing;
        maps.Ports.Set(port, row);
    }

    /// <summary>Closes a port whose addresses are known.</summary>
    public void Run(uint port, in PortRow row, IEnumerable<AddressKey> addresses)
    {
        Announce(port, row);
        if (maps.Links.Find(row.Ifindex) == port)
            maps.Links.Remove(row.Ifindex);
        EndLease(port, row);
        stations.Remove(port, row);
        foreach (AddressKey address in addresses)
            RemoveAddress(address, port);
        limits.RemoveUnless(port, default, row);
        maps.Ports.Set(port, default);
    }

    /// <summary>Closes a port of which nothing is known but its row.</summary>
    public void Run(uint port, in PortRow row)
        => Run(port, row, [.. maps.Addresses.Enumerate().Where(entry => entry.Value.Port == port).Select(entry => entry.Key)]);

    private void EndLease(uint port, in PortRow row)
    {
        if (!row.Flags.HasFlag(PortFlags.Leases) || !maps.Leases.TryGet(port, out LeaseRow lease))
            return;
        RemoveAddress(new AddressKey(row.Network, lease.Address), port);
        maps.Leases.Remove(port);
    }

    private void RemoveAddress(AddressKey key, uint port)
    {
        if (maps.Addresses.Find(key)?.Port == port)
            maps.Addresses.Remove(key);
    }
}
