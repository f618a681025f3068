using System.Net;
using System.Net.Sockets;
using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;
using Fairway.Model.Explain;
using Fairway.Model.Flows;

namespace Fairway.Engine.Explain.Layers;

/// <summary>The way out of a network: with another address, as the network has it, or as the endpoint's own settings have it.</summary>
internal static class OutboundLayer
{
    public static Ending Ask(Walk walk)
    {
        if (walk.AskOut() is { } blocked)
            return blocked;
        var way = walk.Way;
        if (way is { Leaving: WayLeaving.Inside })
            return IsolationLayer.Closed(walk);
        // An encapsulated next hop has been asked before; the host's routes know nothing of it.
        var hop = way is { IsEncapsulated: false } ? way.NextHop : null;
        var route = HostView.Traits(walk.Network).HasUplink ? ByUplink(walk, hop) : walk.Host.Route(hop ?? walk.Packet.Destination, walk.Packet.Source, walk.Network.HostLink);
        if (route is null)
            return walk.Drop(ExplainLayer.Route, DropReason.NoRoute, $"the host has no route to {hop ?? walk.Packet.Destination}; the sender is told so", $"see: ip route get {hop ?? walk.Packet.Destination}");
        if (route.Link == walk.Network.HostLink)
            return walk.Drop(ExplainLayer.Destination, DropReason.NoSuchEndpoint, Absence.Text(walk.Host, walk.Network, walk.Packet.Destination), Absence.Remedy(walk, walk.Network, walk.Packet.Destination));
        return route.IsUplink ? Leave(walk, route, way, hop) : Elsewhere(walk, route.Link);
    }

    /// <summary>Stations of a LAN leave by their uplink to whom they send the frame, whatever the host's routes are.</summary>
    private static HostRoute ByUplink(Walk walk, IPAddress? hop)
    {
        var network = walk.Network;
        var next = hop ?? SegmentLayer.NextHop(walk.Sender!, walk.Packet.Destination);
        // To a next hop that is the host itself there is no route; the endpoint's own address is on the LAN as well.
        var route = (next is null ? null : walk.Host.Route(next)) ?? walk.Host.Route(walk.Packet.Source);
        return route is not null && route.Link == network.Uplink
            ? route with { NextHop = next }
            : new HostRoute(network.Uplink!, IsUplink: true, next, Source: null, TranslatedSource: null, network.Mtu);
    }

    private static Ending Leave(Walk walk, HostRoute route, WayPrefix? way, IPAddress? hop)
    {
        var packet = walk.Packet;
        var own = way is { Leaving: WayLeaving.Untranslated };
        if ((own ? packet.Source : way?.Source ?? route.TranslatedSource) is not { } source)
        {
            var version = packet.Family == AddressFamily.InterNetwork ? "IPv4" : "IPv6";
            return walk.Drop(ExplainLayer.Translation, DropReason.NoSourceAddress, $"it would leave by '{route.Link}', which has no {version} address to translate to; the sender is told so",
                $"give '{route.Link}' an {version} address");
        }
        var next = hop ?? route.NextHop;
        walk.Note(ExplainLayer.Route, $"by '{route.Link}'{(next is null ? "" : $" to {next}")}, as {(hop is null ? "the host routes it" : $"{walk.RouteText} has it")}");
        walk.Route = new ExplainRoute(route.Link, next, route.Mtu);
        walk.Note(ExplainLayer.Translation, own
            ? $"{packet.Source} stays, as an exception of {Translator(walk)} has it (OutBoundNAT)"
            : $"{packet.Source} becomes {source}, with a source port of the switch's choice{(way?.Source is null ? "" : $", as {Translator(walk)} has it (OutBoundNAT)")}");
        walk.Become(packet with { Source = source });
        return new Ending(ExplainVerdict.Allowed, $"it leaves by '{route.Link}' as {source}")
        {
            To = Ends.Outside(packet.Destination),
            Delivered = own ? walk.Packet.Shown : walk.Packet.ShownTranslated,
        };
    }

    /// <summary>Whose settings say how a packet is translated.</summary>
    private static string Translator(Walk walk)
    {
        var sender = walk.Sender!;
        var isOwn = walk.Host.State.Endpoints[sender.Id].Spec.OutboundNat.Any(own => own.IPv6 == (walk.Packet.Family == AddressFamily.InterNetworkV6));
        return isOwn ? $"'{sender.Name}'" : $"network '{walk.Network.Name}'";
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
