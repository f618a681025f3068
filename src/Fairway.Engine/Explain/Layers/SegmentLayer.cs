using System.Net;
using Fairway.Engine.Plan;
using Fairway.Model.Addressing;
using Fairway.Model.Explain;

namespace Fairway.Engine.Explain.Layers;

/// <summary>Networks whose endpoints are stations of the LAN behind an uplink: their neighbours, the host, the LAN, or the next hop for all of them.</summary>
internal static class SegmentLayer
{
    public static Ending Ask(Walk walk)
    {
        var (network, destination) = (walk.Network, walk.Packet.Destination);
        if (AddressKinds.IsUnspecified(destination))
            return IsolationLayer.Isolated(walk, $"{destination} is no address of a host", null);
        if (HostView.Traits(network).IsHairpin)
            return AskNextHop(walk);
        if (NeighbourLayer.Ask(walk) is { } neighbour)
            return neighbour;
        if (NextHop(walk.Sender!, destination) is not { } hop)
            return walk.Leave(ExplainLayer.Route, $"'{walk.Sender!.Name}' has no gateway, and {destination} is not on its link: its own stack has no route", remedy: "create the network with a gateway");
        if (walk.AskOut() is { } blocked)
            return blocked;
        if (walk.Way is { NextHop: { } own } && !walk.Host.IsHostAddress(destination))
            return Leave(walk, own, $", as {walk.RouteText} has it");
        if (walk.Host.IsHostAddress(hop))
            return EnterHost(walk);
        return Leave(walk, hop.Equals(destination) ? null : hop);
    }

    /// <summary>To whom the endpoint's own stack sends the frame; null when it has no route.</summary>
    public static IPAddress? NextHop(EndpointPlan endpoint, IPAddress destination) => IsOnLink(endpoint, destination)
        ? destination
        : endpoint.Gateways.FirstOrDefault(gateway => gateway.AddressFamily == destination.AddressFamily);

    /// <summary>The endpoint of a LAN that an address belongs to, or null.</summary>
    public static EndpointPlan? StationAt(HostView host, IPAddress address, Func<NetworkPlan, bool> among) => host.Networks
        .Where(network => HostView.Traits(network).HasUplink && among(network))
        .Select(network => host.PortAt(network, address))
        .FirstOrDefault(station => station is not null);

    private static Ending AskNextHop(Walk walk)
    {
        if (walk.AskOut() is { } blocked)
            return blocked;
        var hop = walk.Network.NextHops.Select(next => next.Address).FirstOrDefault(address => address.AddressFamily == walk.Packet.Family);
        return Leave(walk, hop);
    }

    private static Ending Leave(Walk walk, IPAddress? hop, string why = "")
    {
        var network = walk.Network;
        walk.Route = new ExplainRoute(network.Uplink!, hop, network.Mtu);
        var vlan = network.Vlan == 0 ? "" : $", in VLAN {network.Vlan}";
        var mac = HostView.Traits(network).HasOneMac ? "the uplink's MAC" : "its own MAC";
        walk.Note(ExplainLayer.Segment, $"out of '{network.Uplink}'{(hop is null ? "" : $" to {hop}")} with {mac}{vlan}{why}");
        return walk.Arrive(Ends.Outside(walk.Packet.Destination), $"it leaves by '{network.Uplink}'{(hop is null ? "" : $", to {hop}")}");
    }

    /// <summary>The host takes it as if it came from the LAN: publications included.</summary>
    private static Ending EnterHost(Walk walk)
    {
        var network = walk.Network;
        walk.Note(ExplainLayer.Segment, $"the host gets it, as if '{network.Uplink}' had received it");
        if (UplinkLayer.Published(walk) is { } published)
            return published;
        if (!walk.Host.IsHostAddress(walk.Packet.Destination))
            return walk.Arrive(Ends.Host(walk.Packet.Destination), $"the host gets it on '{network.Uplink}', being the router; whether it forwards it is its own business");
        return walk.Arrive(Ends.Host(walk.Packet.Destination), $"the host gets it, on '{network.Uplink}'");
    }

    private static bool IsOnLink(EndpointPlan endpoint, IPAddress address) => endpoint.Addresses
        .Any(own => own.Address.AddressFamily == address.AddressFamily && new IPNetwork(own.Address.Masked(own.PrefixLength), own.PrefixLength).Covers(address));
}
