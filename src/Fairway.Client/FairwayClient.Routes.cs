using Fairway.Client.Transport;
using Fairway.Model.Errors;
using Fairway.Model.Json;
using Fairway.Model.Requests;
using Fairway.Model.Routes;

namespace Fairway.Client;

public sealed partial class FairwayClient
{
    /// <summary>All routes, by name.</summary>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The routes.</returns>
    /// <exception cref="FairwayException">The daemon cannot be reached.</exception>
    public Task<IReadOnlyList<Route>> ListRoutesAsync(CancellationToken cancellation = default) =>
        _http.SendAsync<IReadOnlyList<Route>>(new Call(HttpMethod.Get, "/v1/routes", "list", "routes"), cancellation);

    /// <summary>Finds a route.</summary>
    /// <param name="reference">Name, id, or unambiguous beginning of the id.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The route.</returns>
    /// <exception cref="FairwayException">NotFound; Conflict when several ids begin so; the daemon cannot be reached.</exception>
    public Task<Route> GetRouteAsync(string reference, CancellationToken cancellation = default) =>
        _http.SendAsync<Route>(new Call(HttpMethod.Get, Path("routes", reference), "find", $"route '{reference}'"), cancellation);

    /// <summary>Creates a route: where packets go that leave the networks of its endpoints, in place of what the host routes.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The route.</returns>
    /// <exception cref="FairwayException">
    /// NotFound (an endpoint), AlreadyExists (the name, or another route of an endpoint to the same prefix), InvalidArgument, Exhausted; the daemon cannot be reached.
    /// </exception>
    public Task<Route> CreateRouteAsync(CreateRouteRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _http.SendAsync<Route>(
            new Call(HttpMethod.Post, "/v1/routes", "create", request.Name is { } name ? $"route '{name}'" : "route", FairwayJson.SerializeToUtf8(request)),
            cancellation);
    }

    /// <summary>Deletes a route; packets of its endpoints go as without it.</summary>
    /// <param name="reference">Name, id, or unambiguous beginning of the id.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Completes when it is gone.</returns>
    /// <exception cref="FairwayException">NotFound; Conflict when several ids begin so; the daemon cannot be reached.</exception>
    public Task DeleteRouteAsync(string reference, CancellationToken cancellation = default) =>
        _http.SendAsync(new Call(HttpMethod.Delete, Path("routes", reference), "delete", $"route '{reference}'"), cancellation);
}
