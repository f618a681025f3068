using Fairway.Dataplane.Host;
using Fairway.Dataplane.Marks;
using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Switch.Layout;
using Fairway.Dataplane.Tunnels;
using Fairway.Linux.Routing;

namespace Fairway.Dataplane.Links;

/// <summary>
/// Gives every link an earlier daemon made the programs of this one, in one batch; a packet meets either the old program or the new
/// one. The devices of the host get theirs with the first synchronization of the uplinks.
/// </summary>
internal sealed class FilterRenewal(HostNetlink host, Instance instance, VirtualSwitch virtualSwitch)
{
    public void Run()
    {
        Dictionary<uint, uint> ports = virtualSwitch.Maps.Links.Enumerate().ToDictionary(entry => entry.Key, entry => entry.Value);
        Dictionary<uint, uint> networks = virtualSwitch.Maps.Networks.Enumerate()
            .Where(entry => entry.Value.Flags.HasFlag(NetworkFlags.Host))
            .ToDictionary(entry => entry.Value.HostIfindex, entry => entry.Key);
        var batch = new RouteBatch();
        foreach (Link link in host.Queries.ListLinks().Where(instance.IsLive))
        {
            if (ports.TryGetValue((uint)link.Index, out uint port))
                batch.ReplaceBpfFilter(virtualSwitch.EndpointFilter(link.Index, port));
            else if (networks.TryGetValue((uint)link.Index, out uint network))
                batch.ReplaceBpfFilter(virtualSwitch.NetworkFilter(link.Index, network));
            else if (instance.MarkOf(link) is { Kind: LinkKind.Tunnel } mark)
                batch.ReplaceBpfFilter(virtualSwitch.TunnelFilter(link.Index, TunnelDevices.PortOf(mark)));
        }
        // A link without clsact, or one that vanished, is refused here and put right when it is looked at.
        _ = host.Changes.Send(batch);
    }
}
