using Fairway.Client.Transport;
using Fairway.Model.Errors;
using Fairway.Model.Json;
using Fairway.Model.Ports;

namespace Fairway.Client;

public sealed partial class FairwayClient
{
    /// <summary>All published ports of the host.</summary>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The publications, with the endpoints they lead to.</returns>
    /// <exception cref="FairwayException">The daemon cannot be reached.</exception>
    public Task<IReadOnlyList<PublishedPort>> ListPublicationsAsync(CancellationToken cancellation = default) =>
        _http.SendAsync<IReadOnlyList<PublishedPort>>(new Call(HttpMethod.Get, "/v1/publications", "list", "publications"), cancellation);

    /// <summary>Publishes further ports of an endpoint: all of them, or none.</summary>
    /// <param name="reference">Name, <c>network/name</c>, id, or unambiguous beginning of the id.</param>
    /// <param name="publications">The ports; host port 0 asks for a free one.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The added publications, with the host ports that were chosen.</returns>
    /// <exception cref="FairwayException">
    /// NotFound; InvalidArgument; Conflict when a port is published already or belongs to a process of the host, Exhausted; the daemon cannot be reached.
    /// </exception>
    public Task<IReadOnlyList<PortPublication>> PublishAsync(
        string reference, IReadOnlyList<PortPublication> publications, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(publications);
        return _http.SendAsync<IReadOnlyList<PortPublication>>(
            new Call(HttpMethod.Post, Path("endpoints", reference) + "/publications", "publish ports of", $"endpoint '{reference}'",
                FairwayJson.SerializeToUtf8(publications)),
            cancellation);
    }

    /// <summary>Withdraws publications of an endpoint: all of them, or none.</summary>
    /// <param name="reference">Name, <c>network/name</c>, id, or unambiguous beginning of the id.</param>
    /// <param name="publications">What to withdraw; protocol, host address and host port are compared.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Completes when nothing of them is reachable.</returns>
    /// <exception cref="FairwayException">NotFound (endpoint, publication); the daemon cannot be reached.</exception>
    public Task UnpublishAsync(string reference, IReadOnlyList<PortPublication> publications, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(publications);
        return _http.SendAsync(
            new Call(HttpMethod.Delete, Path("endpoints", reference) + "/publications", "unpublish ports of", $"endpoint '{reference}'",
                FairwayJson.SerializeToUtf8(publications)),
            cancellation);
    }
}
