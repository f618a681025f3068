using Fairway.Model.Explain;

namespace Fairway.Engine.Explain.Layers;

/// <summary>The host's own processes: published addresses are exchanged for the endpoint's at their sockets, before there is a packet.</summary>
internal static class SocketLayer
{
    public static Ending Ask(Walk walk)
    {
        if (walk.Host.Frontend(walk.Packet) is not { } frontend || IsOfOverlay(walk, frontend))
            return VnicLayer.Ask(walk);
        if (frontend.Targets.IsEmpty)
            return PublicationLayer.NoBackend(walk, frontend);
        PublicationLayer.Describe(walk, frontend);
        return Backends.Choose(walk, frontend, target => Exchange(walk, target));
    }

    /// <summary>Only its own endpoints call into an overlay network.</summary>
    private static bool IsOfOverlay(Walk walk, Frontend frontend) => frontend.Targets is [var first, ..] && HostView.Traits(walk.Host.Network(first.Network)).IsEncapsulated;

    private static Ending Exchange(Walk walk, Target target)
    {
        var asked = walk.Packet;
        var source = walk.Host.Route(target.Address)?.Source ?? asked.Source;
        walk.Become(asked with { Source = source, Destination = target.Address, DestinationPort = target.Port });
        walk.Note(ExplainLayer.Translation, $"the caller's socket is led from {asked} to {walk.Packet}");
        return VnicLayer.Ask(walk);
    }
}
