using Fairway.Model.Explain;

namespace Fairway.Engine.Explain.Layers;

/// <summary>Endpoints of the sender's own network, on this host.</summary>
internal static class NeighbourLayer
{
    public static Ending? Ask(Walk walk)
    {
        if (walk.Host.PortAt(walk.Network, walk.Packet.Destination) is not { } neighbour)
            return null;
        walk.Note(ExplainLayer.Destination, $"{walk.Packet.Destination} is endpoint '{neighbour.Name}' of the same network, on this host");
        return walk.AskOut() ?? walk.Enter(neighbour);
    }
}
