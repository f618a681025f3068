using System.Net.Sockets;
using Fairway.Dataplane.Host;
using Fairway.Dataplane.Marks;
using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Engine.Drivers;
using Fairway.Linux;
using Fairway.Linux.Bpf;
using Fairway.Linux.Routing;
using Fairway.Linux.Tc;

namespace Fairway.Dataplane.Uplinks;

/// <inheritdoc/>
internal sealed class UplinkDriver(HostNetlink host, Instance instance, VirtualSwitch virtualSwitch, SegmentTable segments) : IUplinkDriver
{
    private const uint Present = 1;

    private readonly SwitchMaps _maps = virtualSwitch.Maps;
    private readonly Lock _gate = new();
    private int _routes;

    /// <inheritdoc/>
    public int Synchronize()
    {
        lock (_gate)
            lock (host.Births)
            {
                int pins = virtualSwitch.Pins.Restore();
                IReadOnlyList<Link> links = host.Queries.ListLinks();
                IReadOnlyList<InterfaceAddress> addresses = host.Queries.ListAddresses();
                IReadOnlyList<Route> routes = host.Queries.ListRoutes();
                Link[] uplinks = UplinkDevices.Among(links, instance);
                int addressChanges = Bring(_maps.HostAddresses, addresses.Select(address => new MappedAddress(address.Address)).Distinct().ToDictionary(key => key, _ => Present));
                int uplinkChanges = Bring(_maps.Uplinks, RowsOf(uplinks, addresses, routes));
                bool rerouted = TakeRoutes(routes, links);
                // A flow remembers its way out and the address it leaves with.
                if (addressChanges + uplinkChanges > 0 || rerouted)
                    virtualSwitch.BeginEpoch();
                return pins + addressChanges + uplinkChanges + AddFilters(uplinks);
            }
    }

    private static Dictionary<uint, UplinkRow> RowsOf(Link[] uplinks, IReadOnlyList<InterfaceAddress> addresses, IReadOnlyList<Route> routes)
    {
        var sources = new UplinkSources(addresses, [.. routes.Where(route => route.Destination.PrefixLength == 0)]);
        return uplinks.ToDictionary(link => (uint)link.Index, link => new UplinkRow
        {
            Flags = UplinkDevices.HasMac(link) ? 0 : UplinkRow.NoMac,
            Mtu = link.Mtu,
            Source4 = sources.Of(link, AddressFamily.InterNetwork),
            Source6 = sources.Of(link, AddressFamily.InterNetworkV6),
        });
    }

    /// <summary>Brings a table to the rows wanted and returns how many it took.</summary>
    private static int Bring<TKey, TRow>(BpfMap<TKey, TRow> map, Dictionary<TKey, TRow> wanted)
        where TKey : unmanaged
        where TRow : unmanaged, IEquatable<TRow>
    {
        var missing = new Dictionary<TKey, TRow>(wanted);
        var strange = new List<TKey>();
        foreach ((TKey key, TRow row) in map.Enumerate())
        {
            if (!wanted.TryGetValue(key, out TRow want))
                strange.Add(key);
            else if (row.Equals(want))
                missing.Remove(key);
        }
        map.SetMany([.. missing.Keys], [.. missing.Values]);
        map.RemoveMany(strange.ToArray());
        return missing.Count + strange.Count;
    }

    /// <summary>Whether the host's routes are others than last time. Routes of our own links come and go with endpoints and matter to nobody.</summary>
    private bool TakeRoutes(IReadOnlyList<Route> routes, IReadOnlyList<Link> links)
    {
        HashSet<int> ours = [.. links.Where(link => instance.MarkOf(link) is not null || instance.IsLeftOver(link)).Select(link => link.Index)];
        var hash = new HashCode();
        foreach (Route route in routes.Where(route => route.LinkIndex is not { } link || !ours.Contains(link)))
        {
            hash.Add(route.Destination);
            hash.Add(route.Gateway);
            hash.Add(route.LinkIndex);
            hash.Add(route.Table);
            hash.Add(route.Type);
            hash.Add(route.Metric);
            hash.Add(route.PreferredSource);
            hash.Add(route.IsDead);
            foreach (NextHop hop in route.NextHops)
                hash.Add(hop);
        }
        int now = hash.ToHashCode();
        bool changed = _routes != 0 && now != _routes;
        _routes = now;
        return changed;
    }

    private int AddFilters(Link[] uplinks)
    {
        var batch = new RouteBatch();
        IReadOnlySet<int> shared = segments.Uplinks();
        foreach (Link link in uplinks)
        {
            if (shared.Contains(link.Index) && !segments.HasEgressFilter(link.Index))
                Add(batch, virtualSwitch.EgressFilter(link.Index));
            BpfFilterSpec wanted = shared.Contains(link.Index) ? virtualSwitch.SharedUplinkFilter(link.Index) : virtualSwitch.UplinkFilter(link.Index, UplinkDevices.HasMac(link));
            if (!host.Queries.ListFilters(link.Index, TrafficDirection.Ingress).Any(filter => VirtualSwitch.IsInPlace(filter, wanted)))
                Add(batch, wanted);
        }
        int changed = batch.Count / 2;
        if (changed == 0)
            return 0;
        foreach (Linux.Netlink.BatchFailure failure in host.Changes.Send(batch))
        {
            // Every second request is a filter. A device that vanished meanwhile is none any more.
            if (failure.Index % 2 == 1 && failure.Error.Errno is not Errno.ENODEV)
                throw failure.Error;
        }
        return changed;
    }

    /// <summary>A device with an ingress qdisc refuses clsact, and takes the filter of what it receives all the same.</summary>
    private static void Add(RouteBatch batch, BpfFilterSpec wanted)
    {
        batch.AddClsact(wanted.LinkIndex);
        batch.ReplaceBpfFilter(wanted);
    }
}
