using Fairway.Model.Explain;
using Fairway.Model.Flows;
using Fairway.Model.Networks;

namespace Fairway.Engine.Explain.Layers;

/// <summary>What a network does not reach: other networks, and the outside where it has no way out.</summary>
internal static class IsolationLayer
{
    /// <summary>Addresses that never leave a link.</summary>
    public static Ending? AskLink(Walk walk)
    {
        var destination = walk.Packet.Destination;
        return AddressKinds.IsUnspecified(destination) || destination.IsIPv6LinkLocal
            ? Isolated(walk, destination.IsIPv6LinkLocal ? $"no endpoint has {destination}: link-local addresses are not carried" : $"{destination} is no address of a host", null)
            : null;
    }

    /// <summary>Whether there is any way out of the network but its gateway.</summary>
    public static Ending? AskNetwork(Walk walk)
    {
        var network = walk.Network;
        if (HostView.IsGateway(network, walk.Packet.Destination) || HostView.Traits(network).IsTranslated || network.HasHostRoute || walk.Way is not null)
            return null;
        return Closed(walk);
    }

    /// <summary>Without translation the host is as far as it goes.</summary>
    public static Ending? AskOutside(Walk walk) => HostView.Traits(walk.Network).IsTranslated || walk.Way is not null ? null : Closed(walk);

    public static Ending Isolated(Walk walk, string text, string? remedy) => walk.Drop(ExplainLayer.Isolation, DropReason.Isolated, text, remedy);

    /// <summary>There is no way there.</summary>
    public static Ending Closed(Walk walk)
    {
        var network = walk.Network;
        if (HostView.Covers(network, walk.Packet.Destination))
            return Isolated(walk, Absence.Text(walk.Host, network, walk.Packet.Destination), Absence.Remedy(walk, network, walk.Packet.Destination));
        var kind = network.Type.ToString().ToLowerInvariant();
        var reach = network.Type == NetworkType.Overlay ? "reaches its own endpoints, on this host and others" : network.HostLink is null ? "reaches its own endpoints" : "reaches its own endpoints and the host";
        return Isolated(walk, $"{walk.Packet.Destination} is outside of network '{network.Name}', which is {kind}: it {reach}, and nothing else",
            $"use a network of type nat, or attach another endpoint of such a network to '{walk.Sender!.Name}'");
    }
}
