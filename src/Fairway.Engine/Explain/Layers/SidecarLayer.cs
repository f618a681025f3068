using Fairway.Engine.Plan;
using Fairway.Model.Explain;

namespace Fairway.Engine.Explain.Layers;

/// <summary>
/// Proxies. What processes call is led to one at their sockets, before there is a packet: one that leaves is for a proxy elsewhere, or the sidecar's own, or of a connection it does not get. What
/// calls an endpoint is handed to its sidecar at the very end.
/// </summary>
internal static class SidecarLayer
{
    private const byte Tcp = 6;

    public static void LeadOut(Walk walk)
    {
        var (sender, packet) = (walk.Sender!, walk.Packet);
        if (packet.Protocol != Tcp || walk.Host.SidecarOf(sender.NetnsCookie) is not { } sidecar || !sidecar.LeadsOut(packet.Destination, packet.DestinationPort))
            return;
        if (sidecar.OutboundAddress is { } proxy)
        {
            walk.Become(packet with { Destination = proxy, DestinationPort = sidecar.OutboundPort is { } port and not 0 ? (ushort)port : packet.DestinationPort });
            walk.Note(ExplainLayer.Sidecar, $"processes beside '{sidecar.Name}' that call {packet} are led to the proxy at {walk.Packet} (L4Proxy)");
            return;
        }
        var others = sidecar.User is { } user ? $", but user {user}'s," : "";
        walk.Note(ExplainLayer.Sidecar, $"processes beside '{sidecar.Name}'{others} are led to the sidecar on port {sidecar.OutboundPort} when they call {packet} (L4WFPPROXY); this is the way of the sidecar's own packet");
    }

    /// <summary>The sidecar that gets what an endpoint would get, or null.</summary>
    public static SidecarPlan? AskIn(Walk walk, EndpointPlan receiver)
    {
        if (walk.Packet.Protocol != Tcp || walk.Host.Sidecar(receiver.Id) is not { } sidecar || !sidecar.LeadsIn(walk.Packet.Source, walk.Packet.DestinationPort))
            return null;
        walk.Note(ExplainLayer.Sidecar, $"callers of port {walk.Packet.DestinationPort} of '{receiver.Name}' are handed to the sidecar that listens on port {sidecar.InboundPort} (L4WFPPROXY)");
        return sidecar;
    }
}
