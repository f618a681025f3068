using Fairway.Engine.Plan;
using Fairway.Model.Explain;
using Fairway.Model.Flows;

namespace Fairway.Engine.Explain.Layers;

/// <summary>Endpoints of the sender's own network, on this host.</summary>
internal static class NeighbourLayer
{
    public static Ending? Ask(Walk walk)
    {
        if (walk.Host.IsSource(walk.Network, walk.Packet.Destination))
            return walk.Drop(ExplainLayer.Destination, DropReason.NoSuchEndpoint, Absence.Text(walk.Host, walk.Network, walk.Packet.Destination));
        if (walk.Host.PortAt(walk.Network, walk.Packet.Destination) is not { } neighbour)
            return null;
        walk.Note(ExplainLayer.Destination, $"{walk.Packet.Destination} is endpoint '{neighbour.Name}' of the same network, on this host");
        return AskApart(walk, neighbour) ?? walk.AskOut() ?? walk.Enter(neighbour);
    }

    private static Ending? AskApart(Walk walk, EndpointPlan neighbour)
    {
        var apart = walk.Sender!.Apart ? walk.Sender : neighbour.Apart ? neighbour : null;
        return apart is null ? null : Apart(walk, apart) with { To = Ends.Of(walk.Host, neighbour, walk.Packet.Destination) };
    }

    /// <summary>An endpoint that exchanges nothing with the others of its network.</summary>
    public static Ending Apart(Walk walk, EndpointPlan endpoint) =>
        IsolationLayer.Isolated(walk, $"'{endpoint.Name}' is kept apart from the other endpoints of its network", $"create '{endpoint.Name}' again without --apart (HCN flag DisableInterComputeCommunication)");
}
