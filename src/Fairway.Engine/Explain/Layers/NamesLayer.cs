using Fairway.Model.Explain;

namespace Fairway.Engine.Explain.Layers;

/// <summary>Questions about names are led to the network's resolver, whatever server they are asked of; those behind a load balancer are not.</summary>
internal static class NamesLayer
{
    private const ushort Dns = 53;

    public static Ending? Ask(Walk walk)
    {
        var packet = walk.Packet;
        if (packet.Transport is null || packet.DestinationPort != Dns || HostView.Gateway(walk.Network, packet.Family) is null)
            return null;
        if (!HostView.IsGateway(walk.Network, packet.Destination) && walk.Host.Frontend(packet) is { Balancer: not null })
            return null;
        walk.Note(ExplainLayer.Names, $"questions about names go to the resolver of network '{walk.Network.Name}', which answers in the name of {packet.Destination}");
        return walk.AskOut()
            ?? walk.Arrive(new ExplainEnd(ExplainEndKind.Resolver, packet.Destination, Network: walk.Network.Name), $"the resolver of network '{walk.Network.Name}' gets it");
    }
}
