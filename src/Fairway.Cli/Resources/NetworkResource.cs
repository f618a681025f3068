using Fairway.Cli.CommandLine;
using Fairway.Cli.Output;
using Fairway.Cli.Output.Documents;
using Fairway.Model.Networks;

namespace Fairway.Cli.Resources;

/// <summary>Networks on the command line.</summary>
internal sealed class NetworkResource : IResource<NetworkDocument>
{
    public static readonly NetworkResource Instance = new();

    public string Noun => "network";

    public string Kind => "Network";

    public IReadOnlyList<Column<NetworkDocument>> Columns { get; } =
    [
        new("NAME", n => n.Name),
        new("TYPE", n => n.Type.ToLowerInvariant()),
        new("SUBNETS", n => Text.List(n.Subnets.Select(s => s.Prefix))),
        new("MTU", n => $"{n.Mtu}"),
        new("ENDPOINTS", n => $"{n.Endpoints.Count}"),
        new("ID", n => Text.ShortId(n.Id)),
    ];

    public IReadOnlyList<NetworkDocument> All(Inventory inventory) => [.. inventory.Networks.Select(network => Document(network, inventory))];

    public async Task<NetworkDocument> FindAsync(Session session, Inventory inventory, string reference) =>
        Document(await session.Client.GetNetworkAsync(reference, session.Cancellation), inventory);

    public Task DeleteAsync(Session session, NetworkDocument document) =>
        session.Client.DeleteNetworkAsync(document.Id.ToString(), session.Cancellation);

    public IReadOnlyList<(string Label, string? Value)> Fields(NetworkDocument n) =>
    [
        ("Name", n.Name),
        ("Id", n.Id.ToString()),
        ("Type", n.Type.ToLowerInvariant()),
        .. n.Subnets.Select((s, i) => (i == 0 ? "Subnets" : "", (string?)Line(s))),
        .. n.Subnets.SelectMany(s => s.Routes).Select((hop, i) => (i == 0 ? "Routes" : "", (string?)RouteResource.Sentence(hop))),
        .. n.Remotes.Select((r, i) => (i == 0 ? "Elsewhere" : "", (string?)$"{r.Prefix} on {r.ProviderAddress}, router {r.RouterMac}, virtual subnet {r.VirtualSubnet}")),
        .. TranslationText.Fields(n.Translation),
        ("MTU", $"{n.Mtu}"),
        .. n.Uplink is null ? [] : (IEnumerable<(string, string?)>)[("Uplink", n.Vlan is { } vlan ? $"{n.Uplink}, VLAN {vlan}" : n.Uplink)],
        ("Endpoints", n.Endpoints.Count == 0 ? "none" : Text.List(n.Endpoints)),
        ("Revision", $"{n.Revision}"),
    ];

    public string Title(NetworkDocument document) => $"'{document.Name}'";

    public async Task<IEnumerable<string>> NamesAsync(Session session) =>
        (await session.Client.ListNetworksAsync(session.Cancellation)).Select(network => network.Spec.Name);

    private static string Line(SubnetDocument subnet) =>
        subnet.Prefix + (subnet.Gateway is null ? "" : $", gateway {subnet.Gateway}") + (subnet.VirtualSubnet is null ? "" : $", virtual subnet {subnet.VirtualSubnet}")
        + (subnet.Parts.Count == 0 ? "" : $", addresses from {Text.List(subnet.Parts)}");

    public static NetworkDocument Document(Network network, Inventory inventory) => new()
    {
        Id = network.Spec.Id,
        Name = network.Spec.Name,
        Type = network.Spec.Type.ToString(),
        Subnets = [.. network.Spec.Subnets.Select(s => new SubnetDocument(s.Prefix.ToString(), s.Gateway?.ToString(), s.VirtualSubnet, [.. s.Routes.Select(RouteResource.Hop)], [.. s.Parts.Select(part => part.Prefix.ToString())]))],
        Remotes = [.. (network.Spec.Overlay?.RemoteSubnets ?? []).Select(r => new RemoteDocument(r.Prefix.ToString(), r.ProviderAddress.ToString(), r.RouterMac.ToString(), r.VirtualSubnet))],
        Translation = TranslationText.Documents(network.Spec.OutboundNat),
        Mtu = network.Mtu,
        Uplink = network.Spec.Uplink,
        Vlan = network.Spec.Vlan,
        Endpoints = [.. inventory.Endpoints.Where(e => e.Spec.NetworkId == network.Spec.Id).Select(e => e.Spec.Name ?? e.Spec.Id.ToString())],
        Revision = network.Revision,
    };
}
