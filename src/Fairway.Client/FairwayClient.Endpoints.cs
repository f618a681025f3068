using Fairway.Client.Transport;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Json;
using Fairway.Model.Requests;
using Fairway.Model.Statistics;

namespace Fairway.Client;

public sealed partial class FairwayClient
{
    /// <summary>All endpoints, by network and name.</summary>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The endpoints.</returns>
    /// <exception cref="FairwayException">The daemon cannot be reached.</exception>
    public Task<IReadOnlyList<Endpoint>> ListEndpointsAsync(CancellationToken cancellation = default) =>
        _http.SendAsync<IReadOnlyList<Endpoint>>(Calls.ListEndpoints(), cancellation);

    /// <summary>Finds an endpoint.</summary>
    /// <param name="reference">Name, <c>network/name</c>, id, or unambiguous beginning of the id.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="FairwayException">NotFound; Conflict when several are meant; the daemon cannot be reached.</exception>
    public Task<Endpoint> GetEndpointAsync(string reference, CancellationToken cancellation = default) =>
        _http.SendAsync<Endpoint>(new Call(HttpMethod.Get, Path("endpoints", reference), "find", $"endpoint '{reference}'"), cancellation);

    /// <summary>Creates an endpoint: addresses, MAC and host ports are chosen where none are asked for; with a namespace it is attached too.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The endpoint, with everything that was chosen.</returns>
    /// <exception cref="FairwayException">
    /// NotFound (network, namespace), AlreadyExists, InvalidArgument, Conflict (an address or port is taken), Exhausted; the daemon cannot be reached.
    /// </exception>
    public Task<Endpoint> CreateEndpointAsync(CreateEndpointRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var subject = request.Name is { } name ? $"endpoint '{name}'" : $"endpoint on network '{request.Network}'";
        return _http.SendAsync<Endpoint>(new Call(HttpMethod.Post, "/v1/endpoints", "create", subject, FairwayJson.SerializeToUtf8(request)), cancellation);
    }

    /// <summary>Deletes an endpoint, detaching it first. Its interface's name is free again when this completes.</summary>
    /// <param name="reference">Name, <c>network/name</c>, id, or unambiguous beginning of the id.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Completes when the endpoint is gone.</returns>
    /// <exception cref="FairwayException">NotFound; Conflict when several are meant; the daemon cannot be reached.</exception>
    public Task DeleteEndpointAsync(string reference, CancellationToken cancellation = default) =>
        _http.SendAsync(new Call(HttpMethod.Delete, Path("endpoints", reference), "delete", $"endpoint '{reference}'"), cancellation);

    /// <summary>Puts an endpoint into a namespace.</summary>
    /// <param name="reference">Name, <c>network/name</c>, id, or unambiguous beginning of the id.</param>
    /// <param name="request">Which namespace, and the interface's name there.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="FairwayException">
    /// NotFound (endpoint, namespace); Conflict when it is attached already or the interface name is taken; the daemon cannot be reached.
    /// </exception>
    public Task<Endpoint> AttachEndpointAsync(string reference, AttachEndpointRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _http.SendAsync<Endpoint>(
            new Call(HttpMethod.Post, Path("endpoints", reference) + "/attach", "attach", $"endpoint '{reference}'", FairwayJson.SerializeToUtf8(request)),
            cancellation);
    }

    /// <summary>Takes an endpoint out of its namespace; its addresses and publications stay reserved.</summary>
    /// <param name="reference">Name, <c>network/name</c>, id, or unambiguous beginning of the id.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="FairwayException">NotFound; Conflict when it is in no namespace; the daemon cannot be reached.</exception>
    public Task<Endpoint> DetachEndpointAsync(string reference, CancellationToken cancellation = default) =>
        _http.SendAsync<Endpoint>(new Call(HttpMethod.Post, Path("endpoints", reference) + "/detach", "detach", $"endpoint '{reference}'"), cancellation);

    /// <summary>What passed an endpoint's port of the switch since it was attached.</summary>
    /// <param name="reference">Name, <c>network/name</c>, id, or unambiguous beginning of the id.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The counters.</returns>
    /// <exception cref="FairwayException">NotFound; Conflict when several are meant; the daemon cannot be reached.</exception>
    public Task<PortStatistics> GetStatisticsAsync(string reference, CancellationToken cancellation = default) =>
        _http.SendAsync<PortStatistics>(
            new Call(HttpMethod.Get, Path("endpoints", reference) + "/statistics", "read statistics of", $"endpoint '{reference}'"), cancellation);
}
