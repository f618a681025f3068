using Fairway.Cli.CommandLine;
using Fairway.Cli.Output;
using Fairway.Cli.Output.Documents;
using Fairway.Model.Endpoints;

namespace Fairway.Cli.Resources;

/// <summary>Endpoints on the command line.</summary>
internal sealed class EndpointResource : IResource<EndpointDocument>
{
    public static readonly EndpointResource Instance = new();

    public string Noun => "endpoint";

    public string Kind => "Endpoint";

    public IReadOnlyList<Column<EndpointDocument>> Columns { get; } =
    [
        new("NAME", e => e.Name ?? ""),
        new("NETWORK", e => e.Network),
        new("NAMESPACE", e => e.Namespace ?? ""),
        new("INTERFACE", e => e.VirtualNic is { } nic ? $"tap {nic.Tap}" : e.Namespace is null ? "" : e.Interface),
        new("ADDRESSES", e => Text.List(e.Addresses.Select(WithoutLength))),
        new("PORTS", e => Text.List(e.Publications.Select(PublicationResource.Arrow))),
        new("WORKLOAD", e => e.Owner is { } owner ? WorkloadText.Short(owner) : ""),
        new("IMAGE", e => e.Owner?.Image ?? ""),
        new("STATE", e => e.State.ToLowerInvariant(), e => PaintOf(e.State)),
        new("ID", e => Text.ShortId(e.Id)),
    ];

    public IReadOnlyList<EndpointDocument> All(Inventory inventory) => [.. inventory.Endpoints.Select(endpoint => Document(endpoint, inventory))];

    public async Task<EndpointDocument> FindAsync(Session session, Inventory inventory, string reference) =>
        Document(await session.Client.GetEndpointAsync(reference, session.Cancellation), inventory);

    public async Task<EndpointDocument> CompleteAsync(Session session, EndpointDocument document)
    {
        if (document is { Namespace: null, VirtualNic: null })
            return document;
        var seen = await session.Client.GetStatisticsAsync(document.Id.ToString(), session.Cancellation);
        return document with
        {
            Traffic = new TrafficDocument(seen.PacketsReceived, seen.BytesReceived, seen.PacketsSent, seen.BytesSent, seen.DroppedIncoming, seen.DroppedOutgoing),
        };
    }

    public Task DeleteAsync(Session session, EndpointDocument document) =>
        session.Client.DeleteEndpointAsync(document.Id.ToString(), session.Cancellation);

    public IReadOnlyList<(string Label, string? Value)> Fields(EndpointDocument e) =>
    [
        ("Name", e.Name),
        ("Id", e.Id.ToString()),
        ("Network", e.Network),
        ("Namespace", e.VirtualNic is not null ? null : e.Namespace is null ? "none" : $"{e.Namespace}, as {e.Interface}"),
        .. VirtualNicText.Fields(e.VirtualNic),
        .. e.Addresses.Select((address, i) => (i == 0 ? "Addresses" : "", (string?)address)),
        ("MAC", e.MacAddress),
        ("MTU", e is { VirtualNic: null, Mtu: { } mtu } ? $"{mtu}, of its own" : null),
        ("Port name", e.PortName),
        ("State", e.Message is null ? e.State.ToLowerInvariant() : $"{e.State.ToLowerInvariant()}: {e.Message}"),
        ("Aliases", Text.List(e.Aliases)),
        .. e.Publications.Select((p, i) => (i == 0 ? "Ports" : "", (string?)(PublicationResource.Arrow(p) + FromClause(p)))),
        .. TranslationText.Fields(e.Translation),
        .. e.Routes.Select((r, i) => (i == 0 ? "Routes" : "", (string?)$"{r.Destination} by {r.NextHop}{(r.Encapsulated ? ", encapsulated" : "")}{(r.Route is null ? "" : $" (route '{r.Route}')")}")),
        ("Apart", e.Apart ? "from other endpoints of its network" : null),
        ("Bandwidth", e.Bandwidth is { } limits ? $"{Rate("in", limits.IncomingRate)}{(limits is { IncomingRate: not null, OutgoingRate: not null } ? ", " : "")}{Rate("out", limits.OutgoingRate)}" : null),
        .. SidecarText.Fields(e.Sidecar),
        ("Proxy", SidecarText.Sentence(e.Proxy)),
        ("Received", e.Traffic is { } into ? Counted(into.PacketsReceived, into.BytesReceived, into.DroppedIncoming) : null),
        ("Sent", e.Traffic is { } from ? Counted(from.PacketsSent, from.BytesSent, from.DroppedOutgoing) : null),
        ("Workload", e.Owner is { } owner ? WorkloadText.Long(owner) : null),
        ("Image", e.Owner?.Image),
        .. (e.Owner?.Labels ?? new Dictionary<string, string>()).Select((label, i) => (i == 0 ? "Labels" : "", (string?)$"{label.Key}={label.Value}")),
        ("Revision", $"{e.Revision}"),
    ];

    public string Title(EndpointDocument document) => $"'{document.Name ?? document.Id.ToString()}'";

    public async Task<IEnumerable<string>> NamesAsync(Session session)
    {
        var endpoints = await session.Client.ListEndpointsAsync(session.Cancellation);
        if (endpoints.GroupBy(e => e.Spec.Name).All(group => group.Count() == 1))
            return endpoints.Select(e => e.Spec.Name).OfType<string>();
        var inventory = await Inventory.ReadAsync(session);
        return inventory.Endpoints.GroupBy(e => e.Spec.Name)
            .SelectMany(group => group.Count() == 1 ? [group.Key ?? group.First().Spec.Id.ToString()] : group.Select(inventory.QualifiedName));
    }

    public static EndpointDocument Document(Endpoint endpoint, Inventory inventory) => new()
    {
        Id = endpoint.Spec.Id,
        Name = endpoint.Spec.Name,
        Network = inventory.NetworkName(endpoint.Spec.NetworkId),
        NetworkId = endpoint.Spec.NetworkId,
        Namespace = endpoint.Spec.NamespaceId is { } id ? inventory.NamespaceName(id) : null,
        NamespaceId = endpoint.Spec.NamespaceId,
        Interface = endpoint.Spec.InterfaceName,
        VirtualNic = VirtualNicText.Document(endpoint, inventory.Network(endpoint.Spec.NetworkId)),
        Addresses = [.. endpoint.Addresses.Select(a => $"{a.Address}/{a.PrefixLength}")],
        MacAddress = endpoint.MacAddress.ToString(),
        Mtu = endpoint.Spec.Mtu,
        PortName = endpoint.Spec.PortName,
        State = endpoint.State.ToString(),
        Message = endpoint.Message,
        Aliases = [.. endpoint.Spec.Aliases],
        Publications =
        [
            .. endpoint.Spec.Publications.Select(p =>
                PublicationResource.Document(p, endpoint.Spec.Id, endpoint.Spec.Name, inventory.NetworkName(endpoint.Spec.NetworkId))),
        ],
        Translation = TranslationText.Documents(endpoint.Spec.OutboundNat),
        Routes =
        [
            .. endpoint.Spec.SwitchRoutes.Select(own => Document(own, null)),
            .. inventory.Routes.Where(route => route.Spec.Endpoints.Contains(endpoint.Spec.Id)).SelectMany(route => route.Spec.Routes.Select(way => Document(way, route.Spec.Name))),
        ],
        Apart = endpoint.Spec.Apart,
        Bandwidth = endpoint.Spec.Bandwidth is { } limits ? new BandwidthDocument(limits.IncomingRate, limits.IncomingBurst, limits.OutgoingRate, limits.OutgoingBurst) : null,
        Sidecar = SidecarText.Document(endpoint.Spec.Sidecar),
        Proxy = SidecarText.Document(endpoint.Spec.Proxy),
        Owner = endpoint.Spec.Owner is { } owner ? new OwnerDocument(owner.Engine, owner.Id, owner.Name, owner.Image, Sorted(owner.Labels)) : null,
        Revision = endpoint.Revision,
    };

    private static SwitchRouteDocument Document(SwitchRoute way, string? route) => new(way.Destination.ToString(), way.NextHop.ToString(), way.Encapsulate, route);

    public static string WithoutLength(string address) => address[..address.LastIndexOf('/')];

    private static string? Rate(string direction, long? bits) => bits switch
    {
        null => null,
        >= 1_000_000 => $"{direction} {bits / 1e6:0.###} Mbit/s",
        _ => $"{direction} {bits / 1e3:0.###} kbit/s",
    };

    private static string Counted(ulong packets, ulong bytes, ulong dropped) =>
        $"{Text.Count((long)packets, "packet")}, {Text.Count((long)bytes, "byte")}{(dropped == 0 ? "" : $"; {dropped} more were dropped")}";

    // Documents of unchanged endpoints are the same text each time.
    private static SortedDictionary<string, string>? Sorted(IReadOnlyDictionary<string, string>? labels) =>
        labels is null ? null : new(labels.ToDictionary(), StringComparer.Ordinal);

    private static string FromClause(PublicationDocument p) => p.From.Count == 0 ? "" : $", only from {Text.List(p.From)}";

    private static Paint PaintOf(string state) => state switch
    {
        nameof(EndpointState.Attached) => Paint.Green,
        nameof(EndpointState.Degraded) => Paint.Red,
        _ => Paint.Dim,
    };
}
