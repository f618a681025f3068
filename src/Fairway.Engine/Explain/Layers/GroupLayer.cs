using System.Net;
using System.Net.Sockets;
using Fairway.Model.Addressing;
using Fairway.Model.Explain;
using Fairway.Model.Flows;

namespace Fairway.Engine.Explain.Layers;

/// <summary>Multicast and broadcast: carried on a LAN only.</summary>
internal static class GroupLayer
{
    public static Ending? Ask(Walk walk)
    {
        if (!AddressKinds.IsGroup(walk.Packet.Destination) && !IsDirectedBroadcast(walk))
            return null;
        var (network, traits) = (walk.Network, HostView.Traits(walk.Network));
        if (!traits.HasUplink || traits.IsHairpin)
        {
            return walk.Drop(ExplainLayer.Destination, DropReason.Multicast,
                $"{walk.Packet.Destination} means several, and network '{network.Name}' carries no broadcast or multicast", "call each one by its address");
        }
        walk.Note(ExplainLayer.Destination, $"{walk.Packet.Destination} means several");
        if (walk.AskOut() is { } blocked)
            return blocked;
        walk.Route = new ExplainRoute(network.Uplink!, null, network.Mtu);
        return walk.Arrive(Ends.Outside(walk.Packet.Destination), $"copied to the endpoints of network '{network.Name}' that have no access rules, to the host and to the LAN");
    }

    /// <summary>The last address of the sender's own prefix, which its stack sends to everybody.</summary>
    private static bool IsDirectedBroadcast(Walk walk) => walk.Packet.Family == AddressFamily.InterNetwork
        && walk.Sender!.Addresses.Any(own => own.Address.AddressFamily == AddressFamily.InterNetwork && own.PrefixLength < 31
            && new IPNetwork(own.Address.Masked(own.PrefixLength), own.PrefixLength).Last.Equals(walk.Packet.Destination));
}
