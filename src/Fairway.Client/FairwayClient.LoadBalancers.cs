using Fairway.Client.Transport;
using Fairway.Model.Errors;
using Fairway.Model.Json;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Requests;

namespace Fairway.Client;

public sealed partial class FairwayClient
{
    /// <summary>All load balancers, by name.</summary>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The load balancers.</returns>
    /// <exception cref="FairwayException">The daemon cannot be reached.</exception>
    public Task<IReadOnlyList<LoadBalancer>> ListLoadBalancersAsync(CancellationToken cancellation = default) =>
        _http.SendAsync<IReadOnlyList<LoadBalancer>>(new Call(HttpMethod.Get, "/v1/loadbalancers", "list", "load balancers"), cancellation);

    /// <summary>Finds a load balancer.</summary>
    /// <param name="reference">Name, id, or unambiguous beginning of the id.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The load balancer.</returns>
    /// <exception cref="FairwayException">NotFound; Conflict when several ids begin so; the daemon cannot be reached.</exception>
    public Task<LoadBalancer> GetLoadBalancerAsync(string reference, CancellationToken cancellation = default) =>
        _http.SendAsync<LoadBalancer>(new Call(HttpMethod.Get, Path("loadbalancers", reference), "find", $"load balancer '{reference}'"), cancellation);

    /// <summary>Creates a load balancer. Without frontends it answers on every address of the host.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The load balancer.</returns>
    /// <exception cref="FairwayException">
    /// NotFound (a backend), AlreadyExists, InvalidArgument, Conflict (an address and port are taken), Exhausted; the daemon cannot be reached.
    /// </exception>
    public Task<LoadBalancer> CreateLoadBalancerAsync(CreateLoadBalancerRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _http.SendAsync<LoadBalancer>(
            new Call(HttpMethod.Post, "/v1/loadbalancers", "create", request.Name is { } name ? $"load balancer '{name}'" : "load balancer", FairwayJson.SerializeToUtf8(request)),
            cancellation);
    }

    /// <summary>Adds backends: all of them, or none.</summary>
    /// <param name="reference">Name, id, or unambiguous beginning of the id.</param>
    /// <param name="endpoints">Endpoints by name, <c>network/name</c>, id, or unambiguous beginning of the id.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The load balancer.</returns>
    /// <exception cref="FairwayException">NotFound; InvalidArgument; Exhausted; the daemon cannot be reached.</exception>
    public Task<LoadBalancer> AddBackendsAsync(string reference, IReadOnlyList<string> endpoints, CancellationToken cancellation = default) =>
        ChangeBackendsAsync(HttpMethod.Post, "add backends to", reference, endpoints, cancellation);

    /// <summary>Removes backends: new connections go to the others, present ones go on.</summary>
    /// <param name="reference">Name, id, or unambiguous beginning of the id.</param>
    /// <param name="endpoints">Endpoints by name, <c>network/name</c>, id, or unambiguous beginning of the id.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The load balancer.</returns>
    /// <exception cref="FairwayException">NotFound; the daemon cannot be reached.</exception>
    public Task<LoadBalancer> RemoveBackendsAsync(string reference, IReadOnlyList<string> endpoints, CancellationToken cancellation = default) =>
        ChangeBackendsAsync(HttpMethod.Delete, "remove backends of", reference, endpoints, cancellation);

    /// <summary>Deletes a load balancer; connections over it end.</summary>
    /// <param name="reference">Name, id, or unambiguous beginning of the id.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Completes when it is gone.</returns>
    /// <exception cref="FairwayException">NotFound; Conflict when several ids begin so; the daemon cannot be reached.</exception>
    public Task DeleteLoadBalancerAsync(string reference, CancellationToken cancellation = default) =>
        _http.SendAsync(new Call(HttpMethod.Delete, Path("loadbalancers", reference), "delete", $"load balancer '{reference}'"), cancellation);

    private Task<LoadBalancer> ChangeBackendsAsync(HttpMethod method, string operation, string reference, IReadOnlyList<string> endpoints, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return _http.SendAsync<LoadBalancer>(
            new Call(method, Path("loadbalancers", reference) + "/backends", operation, $"load balancer '{reference}'", FairwayJson.SerializeToUtf8<string[]>([.. endpoints])), cancellation);
    }
}
