using Fairway.Cli.CommandLine;
using Fairway.Model.Endpoints;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Namespaces;
using Fairway.Model.Networks;
using Fairway.Model.Routes;

namespace Fairway.Cli.Resources;

/// <summary>What the daemon has, read in one go, so that names can stand where documents refer by id.</summary>
internal sealed class Inventory
{
    private readonly Dictionary<Guid, Network> _networks;
    private readonly Dictionary<Guid, NetworkNamespace> _namespaces;

    private Inventory(IReadOnlyList<Network> networks, IReadOnlyList<NetworkNamespace> namespaces, IReadOnlyList<Endpoint> endpoints, IReadOnlyList<LoadBalancer> loadBalancers, IReadOnlyList<Route> routes)
    {
        Networks = networks;
        Namespaces = namespaces;
        Endpoints = endpoints;
        LoadBalancers = loadBalancers;
        Routes = routes;
        _networks = networks.ToDictionary(network => network.Spec.Id);
        _namespaces = namespaces.ToDictionary(known => known.Spec.Id);
    }

    public IReadOnlyList<Network> Networks { get; }
    public IReadOnlyList<NetworkNamespace> Namespaces { get; }
    public IReadOnlyList<Endpoint> Endpoints { get; }
    public IReadOnlyList<LoadBalancer> LoadBalancers { get; }
    public IReadOnlyList<Route> Routes { get; }

    public static async Task<Inventory> ReadAsync(Session session) =>
        new(await session.Client.ListNetworksAsync(session.Cancellation),
            await session.Client.ListNamespacesAsync(session.Cancellation),
            await session.Client.ListEndpointsAsync(session.Cancellation),
            await session.Client.ListLoadBalancersAsync(session.Cancellation),
            await session.Client.ListRoutesAsync(session.Cancellation));

    /// <summary>The network's name; its id where it has just gone.</summary>
    public string NetworkName(Guid id) => _networks.TryGetValue(id, out var network) ? network.Spec.Name : id.ToString();

    /// <summary>A network; null where it has just gone.</summary>
    public Network? Network(Guid id) => _networks.GetValueOrDefault(id);

    /// <summary>The namespace's name, the path of one without a name, or its id where it has just gone.</summary>
    public string NamespaceName(Guid id) =>
        _namespaces.TryGetValue(id, out var known) ? known.Spec.Name ?? known.Spec.Path ?? id.ToString() : id.ToString();

    /// <summary><c>NETWORK/NAME</c> of an endpoint; its id where it has just gone.</summary>
    public string EndpointName(Guid id) => Endpoints.FirstOrDefault(endpoint => endpoint.Spec.Id == id) is { } endpoint ? QualifiedName(endpoint) : id.ToString();

    /// <summary><c>NETWORK/NAME</c>, which is unique on the host.</summary>
    public string QualifiedName(Endpoint endpoint) => $"{NetworkName(endpoint.Spec.NetworkId)}/{endpoint.Spec.Name ?? endpoint.Spec.Id.ToString()}";
}
