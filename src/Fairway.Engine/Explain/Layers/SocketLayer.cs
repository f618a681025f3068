using Fairway.Model.Explain;

namespace Fairway.Engine.Explain.Layers;

/// <summary>The host's own processes: published addresses are exchanged for the endpoint's at their sockets, before there is a packet.</summary>
internal static class SocketLayer
{
    public static Ending Ask(Walk walk)
    {
        if (walk.Host.Frontend(walk.Packet) is not { } frontend || IsClosed(walk, frontend))
            return VnicLayer.Ask(walk);
        if (frontend.Targets.IsEmpty)
            return PublicationLayer.NoBackend(walk, frontend);
        PublicationLayer.Describe(walk, frontend);
        return Backends.Choose(walk, frontend, target => Exchange(walk, frontend, target));
    }

    /// <summary>The host calls into an overlay network where it takes part in it, and as a source on other hosts.</summary>
    private static bool IsClosed(Walk walk, Frontend frontend)
    {
        if (frontend.Targets is not [var first, ..] || walk.Host.Network(first.Network) is not { } network || !HostView.Traits(network).IsEncapsulated)
            return false;
        if (network.HostLink is not null && frontend.Source is not null)
            return false;
        walk.Note(ExplainLayer.LoadBalancer, network.HostLink is null
            ? $"load balancer '{frontend.Balancer}' has its backends in network '{network.Name}', in which the host takes no part (HostRoute)"
            : $"load balancer '{frontend.Balancer}' has no source of this IP version in network '{network.Name}', as which the host would call");
        return true;
    }

    private static Ending Exchange(Walk walk, Frontend frontend, Target target)
    {
        var asked = walk.Packet;
        var network = walk.Host.Network(target.Network);
        var source = target.Endpoint is null && HostView.Traits(network).IsEncapsulated ? frontend.Source! : walk.Host.Route(target.Address)?.Source ?? asked.Source;
        walk.Become(asked with { Source = source, Destination = target.Address, DestinationPort = target.Port });
        walk.Note(ExplainLayer.Translation, $"the caller's socket is led from {asked} to {walk.Packet}");
        return source == frontend.Source ? TunnelLayer.Carry(walk, network, target.Address) : VnicLayer.Ask(walk);
    }
}
