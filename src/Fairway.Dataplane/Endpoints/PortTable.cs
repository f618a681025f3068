using System.Collections.Immutable;
using System.Net.Sockets;
using Fairway.Dataplane.Leases;
using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Dataplane.Uplinks;
using Fairway.Engine.Plan;
using Fairway.Linux;
using Fairway.Linux.Bpf;
using Fairway.Model.Endpoints;

namespace Fairway.Dataplane.Endpoints;

/// <summary>
/// The rows of the switch that make a port: <c>ports</c>, <c>addresses</c>, <c>links</c>. Its row in <c>ports</c> is the first one written and the last one
/// cleared, so that no other is there without it; the port is open as long as that says <see cref="PortFlags.Live"/>, which comes last and goes first.
/// </summary>
internal sealed class PortTable(SwitchMaps maps, StationTable stations)
{
    private readonly StatisticsRow[] _noStatistics = new StatisticsRow[PossibleCpus.Count];

    // Flags that others set: publications, and access rules.
    private const PortFlags Others = PortFlags.Published | PortFlags.Policed;

    private readonly LimitTable _limits = new(maps);
    private readonly PortRemoval _removal = new(maps, stations, new LimitTable(maps));
    private readonly Lock _gate = new();
    private readonly HashSet<(uint Port, uint Generation)> _published = [];
    private readonly HashSet<(uint Port, uint Generation)> _policed = [];
    private readonly Dictionary<(uint Port, uint Generation), (uint Set, uint Quota)> _ways = [];

    public void Open(EndpointPlan endpoint, int hostLink)
    {
        var row = RowOf(endpoint, hostLink);
        lock (_gate)
        {
            maps.Ports.TryGet(endpoint.Port, out PortRow before);
            bool same = IsOpenFor(endpoint.Generation, before);
            if (!same && before.Flags != PortFlags.None)
                _removal.Run(endpoint.Port, before);
            if (_published.Contains((endpoint.Port, endpoint.Generation)))
                row.Flags |= PortFlags.Published;
            if (_policed.Contains((endpoint.Port, endpoint.Generation)))
                row.Flags |= PortFlags.Policed;
            if (same)
                row.Flags |= before.Flags & Others;
            (row.Ways, row.FlowQuota) = same ? (before.Ways, before.FlowQuota) : _ways.GetValueOrDefault((endpoint.Port, endpoint.Generation));
            if (same && endpoint.LearnsAddress)
                row.Address4 = before.Address4;
            try
            {
                if (!same)
                    Begin(endpoint.Port, row);
                else if (before.Ifindex != row.Ifindex)
                    maps.Links.Remove(before.Ifindex);
                WriteAddresses(endpoint);
                _limits.Write(endpoint, same);
                if (!endpoint.IsSource)
                    maps.Links.Set(row.Ifindex, endpoint.Port);
                maps.Ports.Set(endpoint.Port, row);
                if (same)
                    _limits.RemoveUnless(endpoint.Port, row, before);
                stations.Add(endpoint.Port, row);
            }
            catch (LinuxException) when (!same)
            {
                _removal.Run(endpoint.Port, row, AddressesOf(endpoint));
                throw;
            }
        }
    }

    /// <summary>A port that is no endpoint's: a resolver.</summary>
    public void Open(uint port, in PortRow row)
    {
        lock (_gate)
        {
            if (maps.Ports.TryGet(port, out PortRow before) && before.Ifindex != 0 && before.Ifindex != row.Ifindex)
                maps.Links.Remove(before.Ifindex);
            try
            {
                maps.Links.Set(row.Ifindex, port);
                maps.Ports.Set(port, row);
            }
            catch (LinuxException) when (before.Ifindex != row.Ifindex)
            {
                maps.Links.Remove(row.Ifindex);
                throw;
            }
        }
    }

    /// <summary>Closes the port, unless another endpoint has its number by now.</summary>
    public void Close(EndpointPlan endpoint)
    {
        lock (_gate)
        {
            if (maps.Ports.TryGet(endpoint.Port, out PortRow row) && row.Generation == endpoint.Generation && row.Flags != PortFlags.None)
                _removal.Run(endpoint.Port, row, AddressesOf(endpoint));
        }
    }

    /// <summary>Closes a port whose plan is not known.</summary>
    public void Close(uint port)
    {
        lock (_gate)
        {
            if (maps.Ports.TryGet(port, out PortRow row) && row.Flags != PortFlags.None)
                _removal.Run(port, row);
        }
    }

    /// <summary>Whether the port has been opened for the endpoint and not been closed since, by this daemon or an earlier one.</summary>
    public bool IsKnown(EndpointPlan endpoint)
        => maps.Ports.TryGet(endpoint.Port, out PortRow row) && IsOpenFor(endpoint.Generation, row);

    /// <summary>Whether the rows are what <see cref="Open(EndpointPlan, int)"/> would write.</summary>
    public bool IsOpen(EndpointPlan endpoint, int hostLink)
    {
        PortRow wanted = RowOf(endpoint, hostLink);
        if (!maps.Ports.TryGet(endpoint.Port, out PortRow row) || !Same(row, wanted))
            return false;
        if (!endpoint.IsSource && maps.Links.Find(row.Ifindex) != endpoint.Port)
            return false;
        if (!_limits.IsInPlace(endpoint))
            return false;
        foreach (EndpointAddress address in endpoint.Addresses)
        {
            if (maps.Addresses.Find(new AddressKey(endpoint.Network, new MappedAddress(address.Address)))?.Port != endpoint.Port)
                return false;
        }
        return stations.Has(endpoint.Port, row);
    }

    /// <summary>Says whether a port's answers may belong to a publication. It counts for a port that opens later, too.</summary>
    /// <returns>Whether the row changed.</returns>
    public bool SetPublished(uint port, uint generation, bool published) => Set(_published, PortFlags.Published, port, generation, published);

    /// <summary>Says whether a port has access rules of its own. It counts for a port that opens later, too.</summary>
    /// <returns>Whether the row changed.</returns>
    public bool SetPoliced(uint port, uint generation, bool policed) => Set(_policed, PortFlags.Policed, port, generation, policed);

    /// <summary>Says how a port's packets leave, and how many connections it may have. It counts for a port that opens later, too.</summary>
    /// <param name="port">Its number.</param>
    /// <param name="generation">Its generation.</param>
    /// <param name="set">A set in <c>ways</c>, or 0.</param>
    /// <param name="quota">Connections, or 0 for as many as any.</param>
    public void SetWays(uint port, uint generation, uint set, uint quota)
    {
        lock (_gate)
        {
            if (set == 0)
                _ways.Remove((port, generation));
            else
                _ways[(port, generation)] = (set, quota);
            if (!maps.Ports.TryGet(port, out PortRow row) || !IsOpenFor(generation, row) || (row.Ways, row.FlowQuota) == (set, quota))
                return;
            (row.Ways, row.FlowQuota) = (set, quota);
            maps.Ports.Set(port, row);
        }
    }

    private bool Set(HashSet<(uint Port, uint Generation)> known, PortFlags flag, uint port, uint generation, bool present)
    {
        lock (_gate)
        {
            if (present)
                known.Add((port, generation));
            else
                known.Remove((port, generation));
            if (!maps.Ports.TryGet(port, out PortRow row) || !IsOpenFor(generation, row))
                return false;
            PortFlags flags = present ? row.Flags | flag : row.Flags & ~flag;
            if (flags == row.Flags)
                return false;
            row.Flags = flags;
            maps.Ports.Set(port, row);
            return true;
        }
    }

    /// <summary>Ports of endpoints, by number: open ones, and those whose closing has begun.</summary>
    public IEnumerable<KeyValuePair<uint, PortRow>> Endpoints()
        => maps.Ports.Enumerate().Where(entry => entry.Key < SwitchLimits.MaxPorts && entry.Value.Flags != PortFlags.None);

    /// <summary>Whether anything is in the flow table on a port's account.</summary>
    public bool HasConnections(uint port) => maps.Usage.Find(port) is { Flows: > 0 };

    /// <summary>Removes every address row that belongs to none of the endpoints.</summary>
    public void RemoveAddressesExcept(IReadOnlyCollection<EndpointPlan> keep)
    {
        var wanted = keep.SelectMany(endpoint => endpoint.Addresses, (endpoint, address) =>
            (new AddressKey(endpoint.Network, new MappedAddress(address.Address)), endpoint.Port)).ToHashSet();
        wanted.UnionWith(keep.Select(endpoint => (new AddressKey(endpoint.Network, new MappedAddress(endpoint.MacAddress)), endpoint.Port)));
        HashSet<uint> learning = [.. keep.Where(endpoint => endpoint.LearnsAddress).Select(endpoint => endpoint.Port)];
        wanted.UnionWith(maps.Leases.Enumerate().Where(lease => learning.Contains(lease.Key))
            .Select(lease => (new AddressKey(keep.First(endpoint => endpoint.Port == lease.Key).Network, lease.Value.Address), lease.Key)));
        // Those of resolvers are the networks' business.
        AddressKey[] stale = [.. maps.Addresses.Enumerate().Where(entry => entry.Value.Port < SwitchLimits.ResolverPort && !wanted.Contains((entry.Key, entry.Value.Port))).Select(entry => entry.Key)];
        maps.Addresses.RemoveMany(stale);
    }

    private static PortRow RowOf(EndpointPlan endpoint, int hostLink) => new()
    {
        Flags = PortFlags.Live | (endpoint.LearnsAddress ? PortFlags.Leases : PortFlags.None) | (endpoint.VirtualNic is not null || endpoint.Bandwidth?.IncomingRate is not null ? PortFlags.LinkLayer : PortFlags.None)
            | (endpoint.Apart ? PortFlags.Apart : PortFlags.None)
            | (endpoint.IsSource ? PortFlags.Source : PortFlags.None)
            | (endpoint is { VirtualNic: not null, Bandwidth.OutgoingRate: not null } ? PortFlags.Limited : PortFlags.None)
            | (LeaseServer.Answers(endpoint) ? PortFlags.Told : PortFlags.None),
        Generation = endpoint.Generation,
        Network = endpoint.Network,
        Ifindex = (uint)hostLink,
        Address4 = First(endpoint.Addresses, AddressFamily.InterNetwork),
        Address6 = First(endpoint.Addresses, AddressFamily.InterNetworkV6),
        Mac = new MacBytes(endpoint.MacAddress),
        Mtu = (ushort)endpoint.Mtu,
    };

    /// <summary>Whether two rows say the same, but for publications, access rules and ways.</summary>
    public static bool Same(PortRow row, PortRow wanted)
        => (row.Flags & ~Others) == wanted.Flags
            && row.Generation == wanted.Generation
            && row.Network == wanted.Network
            && row.Ifindex == wanted.Ifindex
            && (row.Address4 == wanted.Address4 || row.Flags.HasFlag(PortFlags.Leases))
            && row.Address6 == wanted.Address6
            && row.Mac.ToAddress() == wanted.Mac.ToAddress()
            && row.Mtu == wanted.Mtu;

    public static MappedAddress First(ImmutableArray<EndpointAddress> addresses, AddressFamily family)
    {
        foreach (EndpointAddress address in addresses)
        {
            if (address.Address.AddressFamily == family)
                return new MappedAddress(address.Address);
        }
        return MappedAddress.None;
    }

    private static bool IsOpenFor(uint generation, in PortRow row) => row.Flags.HasFlag(PortFlags.Live) && row.Generation == generation;

    /// <summary>Counters and quotas are the endpoint's, not the number's.</summary>
    private void Begin(uint port, in PortRow row)
    {
        _removal.Announce(port, row);
        maps.Usage.Set(port, default);
        maps.Statistics.Set(port, _noStatistics);
    }

    private void WriteAddresses(EndpointPlan endpoint)
    {
        foreach (AddressKey key in AddressesOf(endpoint))
            maps.Addresses.Set(key, new AddressRow(endpoint.Port));
    }

    private static IEnumerable<AddressKey> AddressesOf(EndpointPlan endpoint)
        => endpoint.Addresses.Select(address => new AddressKey(endpoint.Network, new MappedAddress(address.Address)));
}
