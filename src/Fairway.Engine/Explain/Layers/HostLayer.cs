using Fairway.Model.Explain;

namespace Fairway.Engine.Explain.Layers;

/// <summary>Addresses of the host itself.</summary>
internal static class HostLayer
{
    public static Ending? Ask(Walk walk)
    {
        var (network, destination) = (walk.Network, walk.Packet.Destination);
        var gateway = HostView.IsGateway(network, destination);
        if (!gateway && !walk.Host.IsHostAddress(destination))
            return null;
        if (network.HostLink is null)
            return IsolationLayer.Isolated(walk, $"{destination} is the host's, which takes no part in network '{network.Name}'", null);
        walk.Note(ExplainLayer.Destination, gateway ? $"{destination} is the gateway of network '{network.Name}': the host" : $"{destination} is an address of the host");
        if (walk.AskOut() is { } blocked)
            return blocked;
        walk.Note(ExplainLayer.Host, $"received on '{network.HostLink}'; the host's firewall and sockets decide from here on");
        return walk.Arrive(Ends.Host(destination), $"the host gets it, on '{network.HostLink}'");
    }
}
