using System.Net;
using System.Net.Sockets;
using Fairway.Engine.Explain.Layers;
using Fairway.Engine.Operations;
using Fairway.Engine.Plan;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Explain;

namespace Fairway.Engine.Explain;

/// <summary>
/// Says what the switch would do with the first packet of a connection. It walks the layers of the programs in <c>bpf</c> over the plan their
/// tables were filled from; established connections are left out. A test compares both packet by packet.
/// </summary>
internal static class Explainer
{
    /// <summary>What an endpoint's packet meets, in this order; the last one always ends its way.</summary>
    private static readonly Func<Walk, Ending?>[] s_layers =
    [
        PortLayer.Ask, GroupLayer.Ask, AskSegment, NeighbourLayer.Ask, IsolationLayer.AskLink, TunnelLayer.AskOut, NamesLayer.Ask,
        PublicationLayer.Ask, IsolationLayer.AskNetwork, HostLayer.Ask, IsolationLayer.AskOutside, OutboundLayer.Ask,
    ];

    public static Explanation Explain(HostView host, ExplainRequest request)
    {
        Check(request);
        var sender = Sender.Find(host, request.Source);
        var (source, destination) = Choose(sender.Addresses, Destinations.Find(host, sender, request.Destination), request);
        source = sender.AddressTowards(host, destination, source);
        var packet = PacketTuple.Of(request, source, destination);
        var walk = new Walk(host, sender.End with { Address = source }, packet, sender.Port);
        var ending = sender switch
        {
            { Endpoint: { Spec.ProviderAddress: null } endpoint, Port: null } => PortLayer.Closed(walk, endpoint),
            { Port: not null } => s_layers.Select(layer => layer(walk)).First(ended => ended is not null)!,
            { End.Kind: ExplainEndKind.Host } => SocketLayer.Ask(walk),
            { Endpoint: { } remote } => FromTunnel(walk, remote),
            _ => UplinkLayer.Ask(walk),
        };
        return Conclude(host, walk, packet, ending);
    }

    private static Explanation Conclude(HostView host, Walk walk, PacketTuple packet, Ending ending) => new()
    {
        Verdict = ending.Verdict,
        Reason = ending.Reason,
        Summary = ending.Summary,
        Remedy = ending.Remedy,
        From = walk.From,
        To = ending.To,
        Packet = packet.Shown,
        Delivered = ending.Delivered,
        OutRule = walk.OutRule,
        InRule = ending.InRule,
        Route = walk.Route,
        Encapsulation = walk.Encapsulation,
        Steps = [.. walk.Steps],
        Backends = ending.Backends,
        Revision = host.State.Revision,
    };

    /// <summary>What a station's own settings have translated leaves as from any other network.</summary>
    private static Ending? AskSegment(Walk walk)
    {
        var translated = walk.Way is { Leaving: WayLeaving.Translated } && !walk.Host.IsHostAddress(walk.Packet.Destination);
        return HostView.Traits(walk.Network).HasUplink && !translated ? SegmentLayer.Ask(walk) : null;
    }

    /// <summary>An endpoint of another host sends to one of this network.</summary>
    private static Ending FromTunnel(Walk walk, Endpoint remote)
    {
        var network = walk.Host.Network(walk.Host.State.Network(remote.Spec.NetworkId).Number);
        return walk.Host.Remote(network, walk.Packet.Source) is { } sender ? TunnelLayer.Enter(walk, network, sender.Prefix) : UplinkLayer.Ask(walk);
    }

    /// <summary>A pair of one version, IPv4 where there are both.</summary>
    private static (IPAddress Source, IPAddress Destination) Choose(IReadOnlyList<IPAddress> sources, IReadOnlyList<IPAddress> destinations, ExplainRequest request)
    {
        AddressFamily[] families = request.Version switch
        {
            4 => [AddressFamily.InterNetwork],
            6 => [AddressFamily.InterNetworkV6],
            _ => [AddressFamily.InterNetwork, AddressFamily.InterNetworkV6],
        };
        foreach (var family in families)
        {
            if (sources.FirstOrDefault(address => address.AddressFamily == family) is { } source && destinations.FirstOrDefault(address => address.AddressFamily == family) is { } destination)
                return (source, destination);
        }
        throw Refusal.At("$.Destination", ErrorKind.InvalidArgument, $"'{request.Destination}'",
            $"explain '{request.Source}' to '{request.Destination}': they have no address of the same {(request.Version is null ? "IP version" : $"version, IPv{request.Version}")}; "
            + $"{request.Source} has {List(sources)}, {request.Destination} has {List(destinations)}");
    }

    private static string List(IReadOnlyList<IPAddress> addresses) => addresses.Count == 0 ? "none that is known here" : string.Join(", ", addresses);

    private static void Check(ExplainRequest request)
    {
        if (request.Protocol == ExplainProtocol.Icmp == request.Port is not null)
        {
            throw Refusal.At("$.Port", ErrorKind.InvalidArgument, $"'{request.Destination}'", request.Port is null
                ? $"explain '{request.Destination}': a {request.Protocol.ToString().ToLowerInvariant()} packet has a port; give one, as {request.Destination}:80, or ask about /icmp"
                : $"explain '{request.Destination}': ICMP has no ports; leave the port out");
        }
        if (request.Port == 0)
            throw Refusal.At("$.Port", ErrorKind.InvalidArgument, $"'{request.Destination}'", $"explain '{request.Destination}': port 0 is nobody's; give one from 1 to 65535");
        if (request.Version is not (null or 4 or 6))
            throw Refusal.At("$.Version", ErrorKind.InvalidArgument, $"version {request.Version}", $"IP version {request.Version} does not exist; give 4 or 6");
    }
}
