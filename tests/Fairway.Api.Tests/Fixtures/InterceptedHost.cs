using System.Net;
using System.Net.Sockets;
using Fairway.Engine.Operations;
using Fairway.Model.Attach;
using Fairway.Model.Changes;
using Fairway.Model.Dns;
using Fairway.Model.Endpoints;
using Fairway.Model.Explain;
using Fairway.Model.Health;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Namespaces;
using Fairway.Model.Networks;
using Fairway.Model.Policies;
using Fairway.Model.Ports;
using Fairway.Model.Requests;
using Fairway.Model.Routes;

namespace Fairway.Api.Tests.Fixtures;

/// <summary>The engine, with failures on demand that no input brings about.</summary>
internal sealed class InterceptedHost(IHostNetworking host) : IHostNetworking
{
    /// <summary>What the next creation of a network throws.</summary>
    public Exception? FailNext { get; set; }

    public long Revision => host.Revision;

    public IReadOnlyList<Repair> Repairs => host.Repairs;

    public IReadOnlyList<Network> Networks => host.Networks;

    public IReadOnlyList<Endpoint> Endpoints => host.Endpoints;

    public IReadOnlyList<NetworkNamespace> Namespaces => host.Namespaces;

    public Task<Network> CreateNetworkAsync(NetworkSpec spec, CancellationToken cancellation)
    {
        if (FailNext is not { } failure) return host.CreateNetworkAsync(spec, cancellation);
        FailNext = null;
        throw failure;
    }

    public Task<Network> SetNetworkDnsAsync(string reference, DnsSettings settings, CancellationToken cancellation) => host.SetNetworkDnsAsync(reference, settings, cancellation);

    public Task<Network> RenameNetworkAsync(string reference, string name, CancellationToken cancellation) => host.RenameNetworkAsync(reference, name, cancellation);

    public Task<Network> SetEngineNetworkAsync(string reference, EngineNetwork network, CancellationToken cancellation) => host.SetEngineNetworkAsync(reference, network, cancellation);

    public Task RemoveEngineNetworkAsync(string engine, string id, CancellationToken cancellation) => host.RemoveEngineNetworkAsync(engine, id, cancellation);

    public Task<Endpoint> ChangeEndpointAsync(string reference, Func<EndpointSpec, EndpointSpec> change, CancellationToken cancellation) =>
        host.ChangeEndpointAsync(reference, change, cancellation);

    public Task<Endpoint> DescribeEndpointAsync(string reference, EndpointDescription description, CancellationToken cancellation) =>
        host.DescribeEndpointAsync(reference, description, cancellation);

    public Task<IPAddress> OfferAddressAsync(string network, IPNetwork subnet, IPAddress? asked, CancellationToken cancellation) =>
        host.OfferAddressAsync(network, subnet, asked, cancellation);

    public Endpoint? FindEndpoint(Guid id) => host.FindEndpoint(id);

    public AttachResult? FindAttachment(Guid endpoint) => host.FindAttachment(endpoint);

    public IPNetwork FindFreePrefix(AddressFamily family, IReadOnlyCollection<IPNetwork> withheld) => host.FindFreePrefix(family, withheld);

    public Task<Network> ChangeNetworkAsync(string reference, Func<NetworkSpec, NetworkSpec> change, CancellationToken cancellation) =>
        host.ChangeNetworkAsync(reference, change, cancellation);

    public Task RefreshNetworkAsync(string reference, CancellationToken cancellation) => host.RefreshNetworkAsync(reference, cancellation);

    public Task RefreshEndpointAsync(string reference, CancellationToken cancellation) => host.RefreshEndpointAsync(reference, cancellation);

    public Task DeleteNetworkAsync(string reference, CancellationToken cancellation) => host.DeleteNetworkAsync(reference, cancellation);

    public Task<NetworkNamespace> CreateNamespaceAsync(NamespaceSpec spec, CancellationToken cancellation) => host.CreateNamespaceAsync(spec, cancellation);

    public Task DeleteNamespaceAsync(string reference, CancellationToken cancellation) => host.DeleteNamespaceAsync(reference, cancellation);

    public Task<Endpoint> CreateEndpointAsync(EndpointSpec spec, CancellationToken cancellation) => host.CreateEndpointAsync(spec, cancellation);

    public Task<Endpoint> CreateEndpointAsync(CreateEndpointRequest request, CancellationToken cancellation) => host.CreateEndpointAsync(request, cancellation);

    public Task DeleteEndpointAsync(string reference, CancellationToken cancellation) => host.DeleteEndpointAsync(reference, cancellation);

    public Task<Endpoint> AttachEndpointAsync(string reference, string namespaceReference, string? interfaceName, CancellationToken cancellation) =>
        host.AttachEndpointAsync(reference, namespaceReference, interfaceName, cancellation);

    public Task<Endpoint> PlugInEndpointAsync(string reference, string? tap, CancellationToken cancellation) => host.PlugInEndpointAsync(reference, tap, cancellation);

    public Task<Endpoint> DetachEndpointAsync(string reference, CancellationToken cancellation) => host.DetachEndpointAsync(reference, cancellation);

    public Task<IReadOnlyList<PortPublication>> PublishAsync(string reference, IReadOnlyList<PortPublication> publications, CancellationToken cancellation) =>
        host.PublishAsync(reference, publications, cancellation);

    public Task UnpublishAsync(string reference, IReadOnlyList<PortPublication> publications, CancellationToken cancellation) =>
        host.UnpublishAsync(reference, publications, cancellation);

    public IReadOnlyList<LoadBalancer> LoadBalancers => host.LoadBalancers;

    public LoadBalancer GetLoadBalancer(string reference) => host.GetLoadBalancer(reference);

    public Task<LoadBalancer> CreateLoadBalancerAsync(LoadBalancerSpec spec, CancellationToken cancellation) => host.CreateLoadBalancerAsync(spec, cancellation);

    public Task<LoadBalancer> CreateLoadBalancerAsync(CreateLoadBalancerRequest request, CancellationToken cancellation) => host.CreateLoadBalancerAsync(request, cancellation);

    public Task<LoadBalancer> ChangeLoadBalancerAsync(string reference, Func<LoadBalancerSpec, LoadBalancerSpec> change, CancellationToken cancellation) =>
        host.ChangeLoadBalancerAsync(reference, change, cancellation);

    public Task<LoadBalancer> ChangeBackendsAsync(string reference, IReadOnlyList<string> added, IReadOnlyList<string> removed, CancellationToken cancellation) =>
        host.ChangeBackendsAsync(reference, added, removed, cancellation);

    public Task DeleteLoadBalancerAsync(string reference, CancellationToken cancellation) => host.DeleteLoadBalancerAsync(reference, cancellation);

    public IReadOnlyList<Route> Routes => host.Routes;

    public Route GetRoute(string reference) => host.GetRoute(reference);

    public Task<Route> CreateRouteAsync(RouteSpec spec, CancellationToken cancellation) => host.CreateRouteAsync(spec, cancellation);

    public Task<Route> CreateRouteAsync(CreateRouteRequest request, CancellationToken cancellation) => host.CreateRouteAsync(request, cancellation);

    public Task<Route> ChangeRouteAsync(string reference, Func<RouteSpec, RouteSpec> change, CancellationToken cancellation) => host.ChangeRouteAsync(reference, change, cancellation);

    public Task DeleteRouteAsync(string reference, CancellationToken cancellation) => host.DeleteRouteAsync(reference, cancellation);

    public PolicySet PoliciesOf(Guid owner) => host.PoliciesOf(owner);

    public Task<PolicyChange> ChangeEndpointPoliciesAsync(string reference, Func<PolicySet, PolicyChange> change, CancellationToken cancellation) =>
        host.ChangeEndpointPoliciesAsync(reference, change, cancellation);

    public Task<PolicyChange> ChangeNetworkPoliciesAsync(string reference, Func<PolicySet, PolicyChange> change, CancellationToken cancellation) =>
        host.ChangeNetworkPoliciesAsync(reference, change, cancellation);

    public Task<AttachResult> AttachAsync(AttachRequest request, CancellationToken cancellation) => host.AttachAsync(request, cancellation);

    public Task DetachAsync(DetachRequest request, CancellationToken cancellation) => host.DetachAsync(request, cancellation);

    public Explanation Explain(ExplainRequest request) => host.Explain(request);

    public Network GetNetwork(string reference) => host.GetNetwork(reference);

    public Endpoint GetEndpoint(string reference) => host.GetEndpoint(reference);

    public NetworkNamespace GetNamespace(string reference) => host.GetNamespace(reference);

    public IAsyncEnumerable<Change> WatchAsync(long afterRevision, CancellationToken cancellation) => host.WatchAsync(afterRevision, cancellation);
}
