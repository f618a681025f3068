using System.Net;
using Fairway.Model.Explain;
using Fairway.Model.Flows;

namespace Fairway.Engine.Explain.Layers;

/// <summary>What the host's own devices receive from outside.</summary>
internal static class UplinkLayer
{
    public static Ending Ask(Walk walk) => AskTunnel(walk) ?? AskStation(walk) ?? Published(walk) ?? AskHost(walk);

    /// <summary>A caller of a publication or load balancer; null when there is none for callers from outside.</summary>
    public static Ending? Published(Walk walk)
    {
        if (IPAddress.IsLoopback(walk.Packet.Destination) || walk.Host.Frontend(walk.Packet) is not { } frontend)
            return null;
        if (!frontend.Internal)
            return PublicationLayer.Lead(walk.AsOutsider(), frontend);
        walk.Note(ExplainLayer.LoadBalancer, $"load balancer '{frontend.Balancer}' on {walk.Packet} is internal: not for callers from outside");
        return null;
    }

    private static Ending? AskTunnel(Walk walk)
    {
        foreach (var network in walk.Host.Networks.Where(network => HostView.Traits(network).IsEncapsulated && HostView.Covers(network, walk.Packet.Destination)))
        {
            if (walk.Host.Remote(network, walk.Packet.Source) is { } sender)
                return TunnelLayer.Enter(walk, network, sender.Prefix);
        }
        return null;
    }

    private static Ending? AskStation(Walk walk)
    {
        if (SegmentLayer.StationAt(walk.Host, walk.Packet.Destination, _ => true) is not { } station)
            return null;
        var network = walk.Host.Network(station.Network);
        walk.Note(ExplainLayer.Segment, $"{walk.Packet.Destination} is endpoint '{station.Name}' of network '{network.Name}', on the LAN behind '{network.Uplink}'");
        return walk.Enter(station);
    }

    private static Ending AskHost(Walk walk)
    {
        var destination = walk.Packet.Destination;
        if (walk.Host.Networks.FirstOrDefault(network => network.HostLink is not null && HostView.Covers(network, destination)) is { } entered && !walk.Host.IsHostAddress(destination))
        {
            var endpoint = walk.Host.PortAt(entered, destination);
            return walk.Drop(ExplainLayer.Isolation, DropReason.Unpublished, $"{destination} is within network '{entered.Name}', which the outside reaches by published ports only",
                Remedies.Publish(walk.Host, entered, endpoint, walk.Packet)) with
            { To = endpoint is null ? null : Ends.Of(walk.Host, endpoint, destination) };
        }
        if (walk.Host.IsHostAddress(destination))
            return walk.Leave(ExplainLayer.Host, $"{walk.Packet} is not published: the host's own firewall and sockets decide", Ends.Host(destination),
                walk.Packet.Transport is null ? null : $"to lead it to an endpoint: fairway port publish ENDPOINT {walk.Packet.DestinationPort}:PORT");
        var alone = walk.Host.Networks.FirstOrDefault(network => network.HostLink is null && HostView.Covers(network, destination));
        return walk.Leave(ExplainLayer.Host, alone is null
            ? $"{destination} is neither the host's nor an endpoint's; the switch leaves it alone"
            : $"{destination} is within network '{alone.Name}', which is {alone.Type.ToString().ToLowerInvariant()}: nobody outside of it reaches it by this host");
    }
}
