using Fairway.Dataplane.Host;
using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Linux;
using Fairway.Linux.Netlink;
using Fairway.Linux.Routing;

namespace Fairway.Dataplane.Uplinks;

/// <summary>
/// The endpoints on segments: their MACs among the switch's addresses, who gets what is sent to all, and which MACs the uplink receives frames
/// for. What is in the switch's rows is all there is to know, so that a new daemon finds it there.
/// </summary>
internal sealed class StationTable(HostNetlink host, SwitchMaps maps)
{
    private readonly Lock _gate = new();

    /// <summary>A port opens. Nothing happens on networks that are no segments.</summary>
    public void Add(uint port, in PortRow row)
    {
        if (SegmentOf(row) is not { } network)
            return;
        maps.Addresses.Set(KeyOf(row), new AddressRow(port));
        lock (_gate)
        {
            List<uint> members = Members(row.Network);
            if (!members.Contains(port) && members.Count < SwitchLimits.MaxMembers)
                Write(row.Network, [.. members, port]);
        }
        var batch = new RouteBatch();
        batch.AddStation((int)network.Uplink, new MacAddress(row.Mac));
        Send(batch, network);
    }

    /// <summary>A port closes.</summary>
    public void Remove(uint port, in PortRow row)
    {
        if (SegmentOf(row) is not { } network)
            return;
        if (maps.Addresses.Find(KeyOf(row))?.Port == port)
            maps.Addresses.Remove(KeyOf(row));
        lock (_gate)
            Write(row.Network, [.. Members(row.Network).Where(member => member != port)]);
        var batch = new RouteBatch();
        batch.DeleteStation((int)network.Uplink, new MacAddress(row.Mac));
        Send(batch, network);
    }

    /// <summary>Leaves the uplinks as if there were no endpoints.</summary>
    public void RemoveAll()
    {
        foreach ((uint port, PortRow row) in maps.Ports.Enumerate().Where(entry => entry.Value.Flags != PortFlags.None))
            Remove(port, row);
    }

    /// <summary>Whether the switch has what <see cref="Add"/> writes.</summary>
    public bool Has(uint port, in PortRow row)
    {
        if (SegmentOf(row) is null)
            return true;
        return maps.Addresses.Find(KeyOf(row))?.Port == port && Members(row.Network).Contains(port);
    }

    /// <summary>A segment opens, perhaps on another device than before: the endpoints that are there already join it.</summary>
    public void Rejoin(uint number)
    {
        foreach ((uint port, PortRow row) in maps.Ports.Enumerate().Where(entry => entry.Key < SwitchLimits.MaxPorts && entry.Value.Flags.HasFlag(PortFlags.Live) && entry.Value.Network == number))
            Add(port, row);
    }

    /// <summary>A segment goes.</summary>
    public void Forget(uint number)
    {
        lock (_gate)
            maps.Members.Remove(number);
    }

    public static AddressKey KeyOf(in PortRow row) => new(row.Network, new MappedAddress(row.Mac.ToAddress()));

    private NetworkRow? SegmentOf(in PortRow row)
        => maps.Networks.TryGet(row.Network, out NetworkRow network) && network.Flags.HasFlag(NetworkFlags.Segment) ? network : null;

    /// <summary>With one MAC outside there is no more to receive.</summary>
    private void Send(RouteBatch batch, NetworkRow network)
    {
        if (network.Flags.HasFlag(NetworkFlags.OneMac))
            return;
        foreach (BatchFailure failure in host.Changes.Send(batch))
        {
            // There, or gone with the device: what was wanted.
            if (failure.Error.Errno is not (Errno.EEXIST or Errno.ENOENT or Errno.ENODEV))
                throw failure.Error;
        }
    }

    private List<uint> Members(uint network)
    {
        if (!maps.Members.TryGet(network, out MembersRow row))
            return [];
        ReadOnlySpan<uint> ports = row.Ports;
        return [.. ports[..(int)Math.Min(row.Count, SwitchLimits.MaxMembers)]];
    }

    private void Write(uint network, List<uint> members)
    {
        var row = new MembersRow { Count = (uint)members.Count };
        members.CopyTo(row.Ports);
        maps.Members.Set(network, row);
    }
}
