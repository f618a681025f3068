using Fairway.Cli.CommandLine;
using Fairway.Cli.Output;
using Fairway.Cli.Output.Documents;
using Fairway.Model.LoadBalancers;

namespace Fairway.Cli.Resources;

/// <summary>Load balancers on the command line.</summary>
internal sealed class LoadBalancerResource : IResource<LoadBalancerDocument>
{
    public static readonly LoadBalancerResource Instance = new();

    public string Noun => "load balancer";

    public string Command => "loadbalancer";

    public string Kind => "LoadBalancer";

    public IReadOnlyList<Column<LoadBalancerDocument>> Columns { get; } =
    [
        new("NAME", b => b.Name),
        new("FRONTENDS", Frontends),
        new("PORTS", b => Text.List(b.Ports.Select(Arrow))),
        new("BACKENDS", b => Text.List(b.Backends)),
        new("ID", b => Text.ShortId(b.Id)),
    ];

    public IReadOnlyList<LoadBalancerDocument> All(Inventory inventory) => [.. inventory.LoadBalancers.Select(known => Document(known, inventory))];

    public async Task<LoadBalancerDocument> FindAsync(Session session, Inventory inventory, string reference) =>
        Document(await session.Client.GetLoadBalancerAsync(reference, session.Cancellation), inventory);

    public Task DeleteAsync(Session session, LoadBalancerDocument document) =>
        session.Client.DeleteLoadBalancerAsync(document.Id.ToString(), session.Cancellation);

    public IReadOnlyList<(string Label, string? Value)> Fields(LoadBalancerDocument b) =>
    [
        ("Name", b.Name),
        ("Id", b.Id.ToString()),
        ("Network", b.Network),
        ("Frontends", Frontends(b)),
        ("Ports", Text.List(b.Ports.Select(port => Arrow(port) + (port.Affinity == "none" ? "" : $" affinity {port.Affinity}") + (port.Internal ? " internal" : "") + (port.KeepsVip ? " keeps the VIP" : "")))),
        ("Backends", b.Backends.Count == 0 ? "none: callers are refused" : Text.List(b.Backends)),
        ("Source", b.Source),
        ("Revision", b.Revision.ToString()),
    ];

    public string Title(LoadBalancerDocument document) => $"'{document.Name}'";

    public async Task<IEnumerable<string>> NamesAsync(Session session) =>
        (await session.Client.ListLoadBalancersAsync(session.Cancellation)).Select(known => known.Spec.Name!);

    public static LoadBalancerDocument Document(LoadBalancer balancer, Inventory inventory) => new()
    {
        Id = balancer.Spec.Id,
        Name = balancer.Spec.Name!,
        Network = balancer.Spec.NetworkId is { } network ? inventory.NetworkName(network) : null,
        Frontends = [.. balancer.Spec.Frontends.Where(frontend => !IsEvery(frontend)).Select(frontend => frontend.ToString())],
        Ports = [.. balancer.Spec.Ports.Select(Document)],
        Backends = [.. balancer.Spec.Backends.Select(inventory.EndpointName)],
        Source = balancer.Spec.Source is { } source ? inventory.EndpointName(source) : null,
        Revision = balancer.Revision,
    };

    /// <summary>The word for an affinity, as <c>--affinity</c> takes it.</summary>
    public static string Word(SessionAffinity affinity) => affinity switch
    {
        SessionAffinity.SourceAddress => "source",
        SessionAffinity.SourceAddressAndProtocol => "source-protocol",
        _ => "none",
    };

    private static LoadBalancerPortDocument Document(LoadBalancerPort port) => new()
    {
        Protocol = PublicationResource.Word(port.Protocol),
        Port = port.Port,
        BackendPort = port.BackendPort,
        Affinity = Word(port.Affinity),
        Internal = port.Internal,
        KeepsVip = port.KeepsFrontend,
    };

    private static string Frontends(LoadBalancerDocument document) => document.Frontends.Count == 0 ? "the host's addresses" : Text.List(document.Frontends);

    private static string Arrow(LoadBalancerPortDocument port) => $"{port.Port}->{port.BackendPort}/{port.Protocol}";

    private static bool IsEvery(System.Net.IPAddress address) => address.Equals(System.Net.IPAddress.Any) || address.Equals(System.Net.IPAddress.IPv6Any);
}
