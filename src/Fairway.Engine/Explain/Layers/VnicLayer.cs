using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;
using Fairway.Model.Explain;
using Fairway.Model.Flows;

namespace Fairway.Engine.Explain.Layers;

/// <summary>What the host itself sends: into a network by its vNIC there, or out of an uplink that endpoints are behind.</summary>
internal static class VnicLayer
{
    public static Ending Ask(Walk walk)
    {
        var destination = walk.Packet.Destination;
        if (walk.Host.IsHostAddress(destination))
            return walk.Leave(ExplainLayer.Host, $"{destination} is the host's own; the packet does not leave its stack", Ends.Host(destination));
        if (walk.Host.Route(destination) is not { } route)
            return walk.Leave(ExplainLayer.Route, $"the host has no route to {destination}", remedy: $"see: ip route get {destination}");
        walk.Note(ExplainLayer.Route, $"by '{route.Link}'{(route.NextHop is null ? "" : $" to {route.NextHop}")}, as the host routes it");
        if (walk.Host.Networks.FirstOrDefault(network => network.HostLink == route.Link) is { } entered)
            return Enter(walk, entered);
        walk.Route = new ExplainRoute(route.Link, route.NextHop, route.Mtu);
        return SegmentLayer.StationAt(walk.Host, destination, network => IsBehind(walk.Host, network, route)) is { } station ? Meet(walk, station) : Outside(walk, route);
    }

    private static Ending Enter(Walk walk, NetworkPlan network)
    {
        var destination = walk.Packet.Destination;
        if (walk.Host.PortAt(network, destination) is { } receiver)
        {
            walk.Note(ExplainLayer.Destination, $"{destination} is endpoint '{receiver.Name}' of network '{network.Name}'");
            return walk.Enter(receiver);
        }
        return walk.Drop(ExplainLayer.Destination, DropReason.NoSuchEndpoint, Absence.Text(walk.Host, network, destination), Absence.Remedy(walk, network, destination));
    }

    private static Ending Meet(Walk walk, EndpointPlan station)
    {
        walk.Note(ExplainLayer.Segment, $"{walk.Packet.Destination} is endpoint '{station.Name}' of network '{walk.Host.Network(station.Network).Name}', on the LAN behind that device");
        walk.Route = null;
        return walk.Enter(station);
    }

    /// <summary>What the host sends is untagged, and goes to the next hop where that polices everything.</summary>
    private static bool IsBehind(HostView host, NetworkPlan network, HostRoute route) => network.Uplink == route.Link && network.Vlan == 0 && !HostView.Traits(network).IsHairpin;

    private static Ending Outside(Walk walk, HostRoute route)
    {
        var destination = walk.Packet.Destination;
        var alone = walk.Host.Networks.FirstOrDefault(network => network.HostLink is null && HostView.Covers(network, destination));
        return walk.Leave(ExplainLayer.Host, alone is null
            ? $"it leaves by '{route.Link}'; the switch does not look at what the host itself sends outside"
            : $"{destination} is within network '{alone.Name}', which the host takes no part in: it leaves by '{route.Link}'", Ends.Outside(destination));
    }
}
