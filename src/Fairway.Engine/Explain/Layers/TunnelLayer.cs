using System.Net;
using Fairway.Engine.Plan;
using Fairway.Model.Explain;
using Fairway.Model.Flows;
using Fairway.Model.Networks;

namespace Fairway.Engine.Explain.Layers;

/// <summary>Other hosts of an overlay network.</summary>
internal static class TunnelLayer
{
    /// <summary>To another host.</summary>
    public static Ending? AskOut(Walk walk)
    {
        var network = walk.Network;
        if (!HostView.Traits(network).IsEncapsulated || HostView.IsGateway(network, walk.Packet.Destination))
            return null;
        if (walk.Host.Remote(network, walk.Packet.Destination) is not { } remote)
            return AskHop(walk);
        var end = End(walk.Host, network, remote.Plan, walk.Packet.Destination);
        walk.Note(ExplainLayer.Destination, $"{walk.Packet.Destination} is {Described(end)} on host {remote.Prefix.ProviderAddress}");
        return walk.Sender!.Apart ? NeighbourLayer.Apart(walk, walk.Sender) : Encapsulate(walk, remote, end);
    }

    /// <summary>A next hop on another host, by the sender's own routes.</summary>
    private static Ending? AskHop(Walk walk)
    {
        if (walk.Way is not { IsEncapsulated: true, NextHop: { } hop } || walk.Host.IsHostAddress(walk.Packet.Destination))
            return null;
        walk.Note(ExplainLayer.Route, $"to next hop {hop}, by {walk.RouteText}");
        return walk.Host.Remote(walk.Network, hop) is { } router
            ? Encapsulate(walk, router, Ends.Outside(walk.Packet.Destination))
            : walk.AskOut() ?? walk.Drop(ExplainLayer.Destination, DropReason.NoSuchEndpoint, $"no other host has next hop {hop}", "fairway network create --remote-subnet, or an endpoint with --provider-address, tells which host has it");
    }

    private static Ending Encapsulate(Walk walk, (RemotePlan Plan, RemotePrefix Prefix) remote, ExplainEnd end)
    {
        return walk.AskOut() ?? Wrap(walk, walk.Network, remote, end);
    }

    /// <summary>To a backend on another host; the caller's rules have been asked.</summary>
    public static Ending Carry(Walk walk, NetworkPlan network, IPAddress backend) => walk.Host.Remote(network, backend) is { } remote
        ? Wrap(walk, network, remote, End(walk.Host, network, remote.Plan, backend))
        : walk.Drop(ExplainLayer.LoadBalancer, DropReason.NoBackend, $"no other host has backend {backend}");

    private static Ending Wrap(Walk walk, NetworkPlan network, (RemotePlan Plan, RemotePrefix Prefix) remote, ExplainEnd end)
    {
        var prefix = remote.Prefix;
        walk.Encapsulation = new ExplainEncapsulation(prefix.VirtualSubnet, prefix.ProviderAddress, remote.Plan.Local, network.Tunnel?.Port ?? OverlaySpec.DefaultPort, prefix.MacAddress);
        walk.Note(ExplainLayer.Tunnel, $"VXLAN to {prefix.ProviderAddress} port {walk.Encapsulation.UdpPort}, virtual subnet {prefix.VirtualSubnet}, addressed to {prefix.MacAddress}");
        return walk.Arrive(end, $"host {prefix.ProviderAddress} gets it in a tunnel; what its own rules say is not known here");
    }

    /// <summary>From another host, whose endpoint of a network the sender is.</summary>
    public static Ending Enter(Walk walk, NetworkPlan network, RemotePrefix sender)
    {
        walk.Note(ExplainLayer.Tunnel, $"{walk.Packet.Source} is on host {sender.ProviderAddress}: it comes in by VXLAN, virtual subnet {sender.VirtualSubnet}");
        if (walk.Host.PortAt(network, walk.Packet.Destination) is { } receiver)
        {
            walk.Note(ExplainLayer.Destination, $"{walk.Packet.Destination} is endpoint '{receiver.Name}' of network '{network.Name}', on this host");
            return receiver.Apart ? NeighbourLayer.Apart(walk, receiver) with { To = Ends.Of(walk.Host, receiver, walk.Packet.Destination) } : walk.Enter(receiver);
        }
        return walk.Drop(ExplainLayer.Destination, DropReason.NoSuchEndpoint, Absence.Text(walk.Host, network, walk.Packet.Destination), Absence.Remedy(walk, network, walk.Packet.Destination));
    }

    /// <summary>An endpoint that is known here, or some address of a subnet.</summary>
    public static ExplainEnd End(HostView host, NetworkPlan network, RemotePlan remote, IPAddress address) =>
        new(ExplainEndKind.RemoteEndpoint, address, remote.Owner == network.Id ? null : remote.Name, remote.Owner == network.Id ? null : remote.Owner, network.Name);

    private static string Described(ExplainEnd end) => end.Name is null ? $"in a subnet of network '{end.Network}'" : $"endpoint '{end.Name}' of network '{end.Network}'";
}
