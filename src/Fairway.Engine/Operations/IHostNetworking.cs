using System.Net;
using System.Net.Sockets;
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

namespace Fairway.Engine.Operations;

/// <summary>
/// Everything a front (HCN API, Docker driver, CNI) can ask of the host. Each write validates against the store,
/// commits one revision, and completes when the kernel holds it. Failures are <see cref="Model.Errors.FairwayException"/>
/// and leave nothing changed. Names and unambiguous id prefixes resolve wherever a reference is a string.
/// </summary>
public interface IHostNetworking
{
    /// <summary>The revision of the last committed write.</summary>
    long Revision { get; }

    /// <summary>All networks, by name.</summary>
    IReadOnlyList<Network> Networks { get; }

    /// <summary>All endpoints, by network and name.</summary>
    IReadOnlyList<Endpoint> Endpoints { get; }

    /// <summary>All namespaces, by name.</summary>
    IReadOnlyList<NetworkNamespace> Namespaces { get; }

    /// <summary>What somebody else disturbed in the kernel during the last hour and was put back, the newest last.</summary>
    IReadOnlyList<Repair> Repairs { get; }

    /// <summary>Creates a network; subnets and gateways are completed from the pools.</summary>
    Task<Network> CreateNetworkAsync(NetworkSpec spec, CancellationToken cancellation);

    /// <summary>Changes a network's subnets, what other hosts have of it and whether this host takes part, how its endpoints' packets are translated, and its name service settings.</summary>
    /// <param name="reference">Name, id or unambiguous id prefix.</param>
    /// <param name="change">The spec with the change, seen from what it is then; other members are left alone. It may throw, and then nothing changes.</param>
    /// <param name="cancellation">Given up before the write.</param>
    Task<Network> ChangeNetworkAsync(string reference, Func<NetworkSpec, NetworkSpec> change, CancellationToken cancellation);

    /// <summary>Has the host brought to what the network is once more, whatever is there.</summary>
    Task RefreshNetworkAsync(string reference, CancellationToken cancellation);

    /// <summary>Deletes a network without endpoints.</summary>
    Task DeleteNetworkAsync(string reference, CancellationToken cancellation);

    /// <summary>Creates a namespace, or adopts the one at the spec's path.</summary>
    Task<NetworkNamespace> CreateNamespaceAsync(NamespaceSpec spec, CancellationToken cancellation);

    /// <summary>Deletes a namespace without endpoints.</summary>
    Task DeleteNamespaceAsync(string reference, CancellationToken cancellation);

    /// <summary>Creates an endpoint: addresses, MAC and ports are allocated; with a namespace it is attached too.</summary>
    Task<Endpoint> CreateEndpointAsync(EndpointSpec spec, CancellationToken cancellation);

    /// <summary>
    /// The same with references in place of ids. A path to a namespace that is not known yet is adopted, and forgotten again with its
    /// last endpoint.
    /// </summary>
    Task<Endpoint> CreateEndpointAsync(CreateEndpointRequest request, CancellationToken cancellation);

    /// <summary>Deletes an endpoint, detaching it first; its interface name is free when this returns.</summary>
    Task DeleteEndpointAsync(string reference, CancellationToken cancellation);

    /// <summary>Attaches an endpoint to a namespace, given by name, id or path, under an interface name; null keeps the endpoint's own.</summary>
    Task<Endpoint> AttachEndpointAsync(string reference, string namespaceReference, string? interfaceName, CancellationToken cancellation);

    /// <summary>Makes a detached endpoint the NIC of a virtual machine, until it is detached.</summary>
    /// <param name="reference">Name, network/name, id or unambiguous id prefix.</param>
    /// <param name="tap">Name of its tap; null has one made from the id.</param>
    /// <param name="cancellation">Gives up before the change begins.</param>
    Task<Endpoint> PlugInEndpointAsync(string reference, string? tap, CancellationToken cancellation);

    /// <summary>Takes an endpoint out of its namespace; addresses and publications stay reserved.</summary>
    Task<Endpoint> DetachEndpointAsync(string reference, CancellationToken cancellation);

    /// <summary>Changes an endpoint's translation, routes, bandwidth, MTU and port name, at once for all its packets. Connections that cannot go on with the address or by the way they have end.</summary>
    /// <param name="reference">Name, <c>network/name</c>, id or unambiguous id prefix.</param>
    /// <param name="change">The spec with the change, seen from what it is then; other members are left alone. It may throw, and then nothing changes.</param>
    /// <param name="cancellation">Given up before the write.</param>
    Task<Endpoint> ChangeEndpointAsync(string reference, Func<EndpointSpec, EndpointSpec> change, CancellationToken cancellation);

    /// <summary>Has the host brought to what the endpoint is once more: its interface, rules, translation, routes, limits and ports, whatever is there.</summary>
    Task RefreshEndpointAsync(string reference, CancellationToken cancellation);

    /// <summary>Publishes more ports of an endpoint; returns them with the host ports chosen.</summary>
    Task<IReadOnlyList<PortPublication>> PublishAsync(string reference, IReadOnlyList<PortPublication> publications, CancellationToken cancellation);

    /// <summary>Withdraws publications (matched by protocol, host address and host port).</summary>
    Task UnpublishAsync(string reference, IReadOnlyList<PortPublication> publications, CancellationToken cancellation);

    /// <summary>Access rules of an endpoint or network, and a network's address sets; empty for anything else.</summary>
    PolicySet PoliciesOf(Guid owner);

    /// <summary>
    /// Changes access rules of an endpoint, atomically: live connections go on if they are still allowed, and end if not.
    /// </summary>
    /// <param name="reference">Name, <c>network/name</c>, id or unambiguous id prefix.</param>
    /// <param name="change">What to change, seen from the rules as they are then. Valid rules; it may throw, and then nothing changes.</param>
    /// <param name="cancellation">Given up before the write.</param>
    /// <returns>The change, with the numbers new rules were given.</returns>
    Task<PolicyChange> ChangeEndpointPoliciesAsync(string reference, Func<PolicySet, PolicyChange> change, CancellationToken cancellation);

    /// <summary>The same for a network, whose rules are asked before those of its endpoints, and for its address sets.</summary>
    Task<PolicyChange> ChangeNetworkPoliciesAsync(string reference, Func<PolicySet, PolicyChange> change, CancellationToken cancellation);

    /// <summary>All load balancers, by name.</summary>
    IReadOnlyList<LoadBalancer> LoadBalancers { get; }

    /// <summary>Finds by name, id or unambiguous id prefix.</summary>
    LoadBalancer GetLoadBalancer(string reference);

    /// <summary>Creates a load balancer.</summary>
    Task<LoadBalancer> CreateLoadBalancerAsync(LoadBalancerSpec spec, CancellationToken cancellation);

    /// <summary>The same with references in place of ids.</summary>
    Task<LoadBalancer> CreateLoadBalancerAsync(CreateLoadBalancerRequest request, CancellationToken cancellation);

    /// <summary>Changes a load balancer, at once for all callers: connections to a backend that leaves go on.</summary>
    /// <param name="reference">Name, id or unambiguous id prefix.</param>
    /// <param name="change">What it becomes; id and name stay.</param>
    /// <param name="cancellation">Given up before the write.</param>
    Task<LoadBalancer> ChangeLoadBalancerAsync(string reference, Func<LoadBalancerSpec, LoadBalancerSpec> change, CancellationToken cancellation);

    /// <summary>The same for its backends alone, given by reference.</summary>
    Task<LoadBalancer> ChangeBackendsAsync(string reference, IReadOnlyList<string> added, IReadOnlyList<string> removed, CancellationToken cancellation);

    /// <summary>Deletes a load balancer; connections over it end.</summary>
    Task DeleteLoadBalancerAsync(string reference, CancellationToken cancellation);

    /// <summary>All routes, by name.</summary>
    IReadOnlyList<Route> Routes { get; }

    /// <summary>Finds by name, id or unambiguous id prefix.</summary>
    Route GetRoute(string reference);

    /// <summary>Creates a route. Connections that cannot go on by the way they have end.</summary>
    Task<Route> CreateRouteAsync(RouteSpec spec, CancellationToken cancellation);

    /// <summary>The same with references in place of ids.</summary>
    Task<Route> CreateRouteAsync(CreateRouteRequest request, CancellationToken cancellation);

    /// <summary>Changes a route, for each endpoint at once.</summary>
    /// <param name="reference">Name, id or unambiguous id prefix.</param>
    /// <param name="change">What it becomes; id and name stay.</param>
    /// <param name="cancellation">Given up before the write.</param>
    Task<Route> ChangeRouteAsync(string reference, Func<RouteSpec, RouteSpec> change, CancellationToken cancellation);

    /// <summary>Deletes a route; packets of its endpoints go as without it.</summary>
    Task DeleteRouteAsync(string reference, CancellationToken cancellation);

    /// <summary>The engines' single call: network + namespace path in, working interface out.</summary>
    Task<AttachResult> AttachAsync(AttachRequest request, CancellationToken cancellation);

    /// <summary>Undoes <see cref="AttachAsync"/>; absence is success.</summary>
    Task DetachAsync(DetachRequest request, CancellationToken cancellation);

    /// <summary>Gives a network another name. Its host vNIC keeps the name it has only when the spec says one.</summary>
    Task<Network> RenameNetworkAsync(string reference, string name, CancellationToken cancellation);

    /// <summary>Gives a network other resolver settings; questions are forwarded by them from then on.</summary>
    Task<Network> SetNetworkDnsAsync(string reference, DnsSettings settings, CancellationToken cancellation);

    /// <summary>Notes that a network of an engine is this network; said again, it replaces what the engine said before.</summary>
    Task<Network> SetEngineNetworkAsync(string reference, EngineNetwork network, CancellationToken cancellation);

    /// <summary>
    /// Forgets a network of an engine. A network that was made for engines goes with the last of them, and must be without endpoints then.
    /// Absence is success.
    /// </summary>
    Task RemoveEngineNetworkAsync(string engine, string id, CancellationToken cancellation);

    /// <summary>Says anew what an endpoint is called and whose it is.</summary>
    Task<Endpoint> DescribeEndpointAsync(string reference, EndpointDescription description, CancellationToken cancellation);

    /// <summary>
    /// Chooses an address for an engine that asks for addresses first and for the endpoint afterwards. Nobody else is given it for as long as a
    /// freed address rests; whoever asks for it by name gets it.
    /// </summary>
    /// <param name="network">Name or id.</param>
    /// <param name="subnet">A prefix of the network.</param>
    /// <param name="asked">The address wanted, or null for the next.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<IPAddress> OfferAddressAsync(string network, IPNetwork subnet, IPAddress? asked, CancellationToken cancellation);

    /// <summary>A prefix for a network that nothing on this host overlaps. It is not reserved.</summary>
    /// <param name="family">IPv4, or IPv6.</param>
    /// <param name="withheld">What it must not overlap either.</param>
    IPNetwork FindFreePrefix(AddressFamily family, IReadOnlyCollection<IPNetwork> withheld);

    /// <summary>Finds by name, id or unambiguous id prefix; throws NotFound or Conflict (ambiguous).</summary>
    Network GetNetwork(string reference);

    /// <summary>What would become of the first packet of a connection, layer by layer. Nothing is sent, and connections there are do not count.</summary>
    Explanation Explain(ExplainRequest request);

    /// <summary>The endpoint with an id, or null.</summary>
    Endpoint? FindEndpoint(Guid id);

    /// <summary>What an endpoint's workload has to be told; null when there is no such endpoint.</summary>
    AttachResult? FindAttachment(Guid endpoint);

    /// <summary>Finds by name, <c>network/name</c>, id or unambiguous id prefix.</summary>
    Endpoint GetEndpoint(string reference);

    /// <summary>Finds by name, id, path or unambiguous id prefix.</summary>
    NetworkNamespace GetNamespace(string reference);

    /// <summary>
    /// Changes after a revision, for as long as the caller reads. Throws Conflict when they are no longer known (the daemon restarted, or
    /// the reader fell too far behind): list everything again, and go on from <see cref="Revision"/> as it was before listing.
    /// </summary>
    IAsyncEnumerable<Change> WatchAsync(long afterRevision, CancellationToken cancellation);
}
