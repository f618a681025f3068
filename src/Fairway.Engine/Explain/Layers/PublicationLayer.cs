using System.Net;
using Fairway.Model.Explain;
using Fairway.Model.Flows;

namespace Fairway.Engine.Explain.Layers;

/// <summary>Published ports and load balancers, called by endpoints and from outside; the host's own processes meet them in <see cref="SocketLayer"/>.</summary>
internal static class PublicationLayer
{
    /// <summary>An endpoint calls an address of the host, or a VIP. Of overlay networks only the latter is heard.</summary>
    public static Ending? Ask(Walk walk)
    {
        var traits = HostView.Traits(walk.Network);
        if (!traits.IsTranslated && !traits.IsEncapsulated || walk.Host.Frontend(walk.Packet) is not { } frontend)
            return null;
        return traits.IsTranslated || frontend.Balancer is not null ? Lead(walk, frontend) : null;
    }

    /// <summary>Leads a caller to the endpoint behind it.</summary>
    public static Ending Lead(Walk walk, Frontend frontend)
    {
        if (frontend.Targets.IsEmpty)
            return NoBackend(walk, frontend);
        Describe(walk, frontend);
        var source = IsOfAnotherOverlay(walk, frontend.Targets[0]) ? frontend.Source : null;
        if (IsOfAnotherOverlay(walk, frontend.Targets[0]) && (source is null || (walk.Sender is not null && HostView.Traits(walk.Network).IsEncapsulated)))
        {
            var overlay = walk.Host.Network(frontend.Targets[0].Network);
            return IsolationLayer.Isolated(walk, $"its backends are of network '{overlay.Name}', and the caller is not: networks of type overlay are closed to each other and to everybody else",
                $"call it from an endpoint of network '{overlay.Name}', or give the load balancer a source of the caller's IP version: fairway loadbalancer create --source");
        }
        if (!frontend.Admits(walk.Packet.Source))
        {
            var (target, from) = (frontend.Targets[0].Endpoint!, string.Join(", ", frontend.From));
            return walk.Drop(ExplainLayer.Publication, DropReason.SourceNotAllowed, $"published, but for {from} only, and not for {walk.Packet.Source}",
                $"publish it again for that source as well: fairway port unpublish and port publish --publish-from, of '{walk.Host.Network(target.Network).Name}/{target.Name}'");
        }
        if (source is not null)
            walk.Note(ExplainLayer.Translation, $"the caller is not of network '{walk.Host.Network(frontend.Targets[0].Network).Name}' and comes from {source} there");
        return walk.AskOut() ?? Backends.Choose(walk, frontend, target => Arrive(walk, target, source));
    }

    public static Ending NoBackend(Walk walk, Frontend frontend) => walk.Drop(ExplainLayer.LoadBalancer, DropReason.NoBackend,
        $"load balancer '{frontend.Balancer}' answers on {walk.Packet}, and none of its backends is attached", $"fairway loadbalancer add {frontend.Balancer} ENDPOINT");

    public static void Describe(Walk walk, Frontend frontend)
    {
        if (frontend.Balancer is not null)
        {
            walk.Note(ExplainLayer.LoadBalancer, $"load balancer '{frontend.Balancer}' answers on {walk.Packet}, with {(frontend.Targets.Length == 1 ? "one backend" : $"{frontend.Targets.Length} backends")}");
            return;
        }
        var target = frontend.Targets[0];
        walk.Note(ExplainLayer.Publication, $"{walk.Packet} is published by endpoint '{target.Endpoint!.Name}' of network '{walk.Host.Network(target.Network).Name}'");
    }

    private static bool IsOfAnotherOverlay(Walk walk, Target target)
    {
        var encapsulated = HostView.Traits(walk.Host.Network(target.Network)).IsEncapsulated || (walk.Sender is not null && HostView.Traits(walk.Network).IsEncapsulated);
        return encapsulated && walk.Sender?.Network != target.Network;
    }

    /// <summary>The caller keeps its address; only an endpoint that calls itself comes from its gateway's, and who is not of an overlay network from a source there.</summary>
    private static Ending Arrive(Walk walk, Target target, IPAddress? outside)
    {
        var network = walk.Host.Network(target.Network);
        var (asked, self) = (walk.Packet, target.Endpoint is not null && walk.Sender?.Id == target.Endpoint.Id);
        var source = outside ?? (self ? HostView.Gateway(network, asked.Family) ?? asked.Source : asked.Source);
        walk.Become(asked with { Source = source, Destination = target.KeepsDestination ? asked.Destination : target.Address, DestinationPort = target.Port });
        walk.Note(ExplainLayer.Translation, $"{asked} becomes {walk.Packet}{(self ? $", from {source}, since it calls itself" : "")}");
        var ending = target.Endpoint is { } receiver ? walk.Enter(receiver) : TunnelLayer.Carry(walk, network, target.Address);
        if (ending.Verdict != ExplainVerdict.Allowed)
            return ending;
        if (walk.Sender is null && !IsAnswerable(walk, target, network.HostLink, asked.Source))
        {
            return walk.Drop(ExplainLayer.Route, DropReason.SourceAddress, $"answers to {asked.Source} would not leave by an uplink of the host, so the caller's address is taken for a forged one",
                "give the host a route to the caller by one of its own devices") with
            { InRule = ending.InRule };
        }
        return self || outside is not null ? ending with { Delivered = walk.Packet.ShownTranslated } : ending;
    }

    private static bool IsAnswerable(Walk walk, Target target, string? hostLink, IPAddress caller) => !walk.Host.IsHostAddress(caller) && !AddressKinds.IsNoSource(caller)
        && walk.Host.Route(caller, target.Address, hostLink) is { IsUplink: true };
}
