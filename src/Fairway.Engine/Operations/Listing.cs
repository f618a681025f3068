using Fairway.Engine.State;
using Fairway.Model.Endpoints;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Namespaces;
using Fairway.Model.Networks;
using Fairway.Model.Routes;

namespace Fairway.Engine.Operations;

/// <summary>The sorted lists of one state, made when first asked for.</summary>
internal sealed class Listing(HostState state)
{
    private readonly Lazy<IReadOnlyList<Network>> _networks = new(() =>
        [.. state.Networks.Values.Select(scope => scope.Network).OrderBy(network => network.Spec.Name, StringComparer.OrdinalIgnoreCase)]);

    private readonly Lazy<IReadOnlyList<Endpoint>> _endpoints = new(() =>
        [.. state.Endpoints.Values
            .OrderBy(endpoint => state.Network(endpoint.Spec.NetworkId).Spec.Name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(endpoint => endpoint.Spec.Name, StringComparer.OrdinalIgnoreCase)]);

    private readonly Lazy<IReadOnlyList<NetworkNamespace>> _namespaces = new(() =>
        [.. state.Namespaces.Values
            .Select(scope => scope.Namespace)
            .OrderBy(known => NamespaceAdmission.Text(known.Spec), StringComparer.OrdinalIgnoreCase)]);

    private readonly Lazy<IReadOnlyList<LoadBalancer>> _loadBalancers = new(() =>
        [.. state.LoadBalancers.Values.OrderBy(balancer => balancer.Spec.Name, StringComparer.OrdinalIgnoreCase)]);

    private readonly Lazy<IReadOnlyList<Route>> _routes = new(() =>
        [.. state.Routes.Values.OrderBy(route => route.Spec.Name, StringComparer.OrdinalIgnoreCase)]);

    public HostState State { get; } = state;

    public IReadOnlyList<Network> Networks => _networks.Value;

    public IReadOnlyList<Endpoint> Endpoints => _endpoints.Value;

    public IReadOnlyList<NetworkNamespace> Namespaces => _namespaces.Value;

    public IReadOnlyList<LoadBalancer> LoadBalancers => _loadBalancers.Value;

    public IReadOnlyList<Route> Routes => _routes.Value;
}
