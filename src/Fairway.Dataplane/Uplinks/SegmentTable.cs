using Fairway.Dataplane.Host;
using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;
using Fairway.Linux.Routing;
using Fairway.Linux.Tc;
using Fairway.Model.Errors;

namespace Fairway.Dataplane.Uplinks;

/// <summary>
/// The LANs that networks have endpoints on. Their uplinks stay the host's: they get filters for both directions and receive all multicast,
/// and nothing of their addresses, routes or masters changes.
/// </summary>
internal sealed class SegmentTable(HostNetlink host, VirtualSwitch virtualSwitch, StationTable stations, ISettingRecord settings)
{
    private readonly SwitchMaps _maps = virtualSwitch.Maps;

    /// <summary>The uplink of a network, as it is now.</summary>
    /// <exception cref="FairwayException">There is none of the name.</exception>
    public Link UplinkOf(NetworkPlan network) => host.Changes.FindLink(network.Uplink!) ?? throw new FairwayException(ErrorKind.NotFound, $"uplink '{network.Uplink}'",
        $"create network '{network.Name}': this host has no device '{network.Uplink}'; name one that 'ip link' lists", HcnErrorCode.AdapterNotFound);

    /// <summary>Opens the segment; the network's row must be there already.</summary>
    public void Open(NetworkPlan network, Link uplink)
    {
        var key = new SegmentKey((uint)uplink.Index, network.Vlan);
        foreach ((SegmentKey other, _) in _maps.Segments.Enumerate().Where(entry => entry.Value == network.Number && entry.Key != key))
            Close(other);
        _maps.Segments.Set(key, network.Number);
        ReceiveMulticast(uplink);
        host.Changes.Execute(Filters(uplink.Index));
        stations.Rejoin(network.Number);
    }

    /// <summary>Closes the segment of a network; an uplink without any is left as it was.</summary>
    public void Close(uint network)
    {
        foreach ((SegmentKey key, _) in _maps.Segments.Enumerate().Where(entry => entry.Value == network))
            Close(key);
        stations.Forget(network);
    }

    public bool IsOpen(NetworkPlan network, Link uplink)
        => _maps.Segments.Find(new SegmentKey((uint)uplink.Index, network.Vlan)) == network.Number && HasEgressFilter(uplink.Index);

    /// <summary>Indexes of the uplinks that have segments.</summary>
    public IReadOnlySet<int> Uplinks() => _maps.Segments.Enumerate().Select(entry => (int)entry.Key.Uplink).ToHashSet();

    public bool HasEgressFilter(int uplink)
    {
        BpfFilterSpec wanted = virtualSwitch.EgressFilter(uplink);
        return host.Queries.ListFilters(uplink, TrafficDirection.Egress).Any(filter => VirtualSwitch.IsInPlace(filter, wanted));
    }

    private RouteBatch Filters(int uplink)
    {
        var batch = new RouteBatch();
        batch.AddClsact(uplink);
        batch.ReplaceBpfFilter(virtualSwitch.SharedUplinkFilter(uplink));
        batch.ReplaceBpfFilter(virtualSwitch.EgressFilter(uplink));
        return batch;
    }

    private void Close(SegmentKey key)
    {
        _maps.Segments.Remove(key);
        if (Uplinks().Contains((int)key.Uplink) || host.Changes.FindLink((int)key.Uplink) is not { } uplink)
            return;
        var batch = new RouteBatch();
        batch.ReplaceBpfFilter(virtualSwitch.UplinkFilter(uplink.Index, UplinkDevices.HasMac(uplink)));
        batch.DeleteBpfFilter(virtualSwitch.EgressFilter(uplink.Index));
        // A device that is vanishing, or filters that somebody has deleted.
        _ = host.Changes.Send(batch);
        LeaveMulticast(uplink);
    }

    /// <summary>Endpoints join groups that the host does not know of.</summary>
    private void ReceiveMulticast(Link uplink)
    {
        if (uplink.Flags.HasFlag(LinkFlags.AllMulticast))
            return;
        settings.Remember(UplinkSetting.AllMulticast(uplink.Name), "0");
        host.Changes.SetLink(uplink.Index, new LinkChange { AllMulticast = true });
    }

    private void LeaveMulticast(Link uplink)
    {
        if (settings.Original(UplinkSetting.AllMulticast(uplink.Name)) is null)
            return;
        host.Changes.SetLink(uplink.Index, new LinkChange { AllMulticast = false });
        settings.Forget(UplinkSetting.AllMulticast(uplink.Name));
    }
}
