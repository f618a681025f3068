using Fairway.Cli.CommandLine;
using Fairway.Cli.Output;
using Fairway.Cli.Output.Documents;
using Fairway.Model.Endpoints;
using Fairway.Model.Routes;

namespace Fairway.Cli.Resources;

/// <summary>Routes on the command line.</summary>
internal sealed class RouteResource : IResource<RouteDocument>
{
    public static readonly RouteResource Instance = new();

    public string Noun => "route";

    public string Kind => "Route";

    public IReadOnlyList<Column<RouteDocument>> Columns { get; } =
    [
        new("NAME", r => r.Name),
        new("ROUTES", r => Text.List(r.Routes.Select(Sentence))),
        new("ENDPOINTS", r => Text.List(r.Endpoints)),
        new("ID", r => Text.ShortId(r.Id)),
    ];

    public IReadOnlyList<RouteDocument> All(Inventory inventory) => [.. inventory.Routes.Select(known => Document(known, inventory))];

    public async Task<RouteDocument> FindAsync(Session session, Inventory inventory, string reference) =>
        Document(await session.Client.GetRouteAsync(reference, session.Cancellation), inventory);

    public Task DeleteAsync(Session session, RouteDocument document) => session.Client.DeleteRouteAsync(document.Id.ToString(), session.Cancellation);

    public IReadOnlyList<(string Label, string? Value)> Fields(RouteDocument r) =>
    [
        ("Name", r.Name),
        ("Id", r.Id.ToString()),
        ("Network", r.Network),
        .. r.Routes.Select((hop, i) => (i == 0 ? "Routes" : "", (string?)Sentence(hop))),
        ("Endpoints", r.Endpoints.Count == 0 ? "none" : Text.List(r.Endpoints)),
        ("Revision", r.Revision.ToString()),
    ];

    public string Title(RouteDocument document) => $"'{document.Name}'";

    public async Task<IEnumerable<string>> NamesAsync(Session session) =>
        (await session.Client.ListRoutesAsync(session.Cancellation)).Select(known => known.Spec.Name!);

    public static RouteDocument Document(Route route, Inventory inventory) => new()
    {
        Id = route.Spec.Id,
        Name = route.Spec.Name!,
        Network = route.Spec.NetworkId is { } network ? inventory.NetworkName(network) : null,
        Routes = [.. route.Spec.Routes.Select(Hop)],
        Endpoints = [.. route.Spec.Endpoints.Select(inventory.EndpointName)],
        Revision = route.Revision,
    };

    public static RouteHopDocument Hop(SwitchRoute way) => new(way.Destination.ToString(), way.NextHop.ToString(), way.Encapsulate);

    /// <summary><c>203.0.113.0/24 by 192.0.2.254</c>.</summary>
    public static string Sentence(RouteHopDocument hop) => $"{hop.Destination} by {hop.NextHop}{(hop.Encapsulated ? ", encapsulated" : "")}";
}
