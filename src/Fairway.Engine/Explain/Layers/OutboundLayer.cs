using System.Net.Sockets;
using Fairway.Model.Explain;
using Fairway.Model.Flows;

namespace Fairway.Engine.Explain.Layers;

/// <summary>The way out of a network with address translation.</summary>
internal static class OutboundLayer
{
    public static Ending Ask(Walk walk)
    {
        var (network, packet) = (walk.Network, walk.Packet);
        if (walk.AskOut() is { } blocked)
            return blocked;
        var route = walk.Host.Route(packet.Destination, packet.Source, network.HostLink);
        if (route is null)
            return walk.Drop(ExplainLayer.Route, DropReason.NoRoute, $"the host has no route to {packet.Destination}; the sender is told so", $"see: ip route get {packet.Destination}");
        if (route.Link == network.HostLink)
            return walk.Drop(ExplainLayer.Destination, DropReason.NoSuchEndpoint, Absence.Text(walk.Host, network, packet.Destination), Absence.Remedy(walk, network, packet.Destination));
        if (!route.IsUplink)
            return Elsewhere(walk, route.Link);
        if (route.TranslatedSource is not { } source)
        {
            var version = packet.Family == AddressFamily.InterNetwork ? "IPv4" : "IPv6";
            return walk.Drop(ExplainLayer.Translation, DropReason.NoSourceAddress, $"it would leave by '{route.Link}', which has no {version} address to translate to; the sender is told so",
                $"give '{route.Link}' an {version} address");
        }
        walk.Note(ExplainLayer.Route, $"by '{route.Link}'{(route.NextHop is null ? "" : $" to {route.NextHop}")}, as the host routes it");
        walk.Route = new ExplainRoute(route.Link, route.NextHop, route.Mtu);
        walk.Note(ExplainLayer.Translation, $"{packet.Source} becomes {source}, with a source port of the switch's choice");
        walk.Become(packet with { Source = source });
        return new Ending(ExplainVerdict.Allowed, $"it leaves by '{route.Link}' as {source}") { To = Ends.Outside(packet.Destination), Delivered = walk.Packet.ShownTranslated };
    }

    /// <summary>A device that is no uplink: that of another network, or a port of a bridge.</summary>
    private static Ending Elsewhere(Walk walk, string link)
    {
        var other = walk.Host.Networks.FirstOrDefault(network => network.HostLink == link);
        if (other is null)
            return IsolationLayer.Isolated(walk, $"{walk.Packet.Destination} is behind '{link}', which leads to nothing the switch carries packets to", null);
        var endpoint = walk.Host.PortAt(other, walk.Packet.Destination);
        var attach = $"attach '{walk.Sender!.Name}' to network '{other.Name}' as well";
        return IsolationLayer.Isolated(walk, $"{walk.Packet.Destination} is in network '{other.Name}', and networks do not reach each other",
            Remedies.Publish(walk.Host, other, endpoint, walk.Packet) is { } publish ? $"{publish}; or {attach}" : attach) with
        { To = endpoint is null ? null : Ends.Of(walk.Host, endpoint, walk.Packet.Destination) };
    }
}
