using Fairway.Client.Transport;
using Fairway.Model.Errors;
using Fairway.Model.Json;
using Fairway.Model.Namespaces;

namespace Fairway.Client;

public sealed partial class FairwayClient
{
    /// <summary>All namespaces, by name.</summary>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The namespaces.</returns>
    /// <exception cref="FairwayException">The daemon cannot be reached.</exception>
    public Task<IReadOnlyList<NetworkNamespace>> ListNamespacesAsync(CancellationToken cancellation = default) =>
        _http.SendAsync<IReadOnlyList<NetworkNamespace>>(new Call(HttpMethod.Get, "/v1/namespaces", "list", "namespaces"), cancellation);

    /// <summary>Finds a namespace.</summary>
    /// <param name="reference">Name, id, path, or unambiguous beginning of the id.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The namespace.</returns>
    /// <exception cref="FairwayException">NotFound; Conflict when several ids begin so; the daemon cannot be reached.</exception>
    public Task<NetworkNamespace> GetNamespaceAsync(string reference, CancellationToken cancellation = default) =>
        _http.SendAsync<NetworkNamespace>(new Call(HttpMethod.Get, Path("namespaces", reference), "find", $"namespace '{reference}'"), cancellation);

    /// <summary>Creates a namespace, or takes in the one at the spec's path.</summary>
    /// <param name="spec">What is asked for.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The namespace.</returns>
    /// <exception cref="FairwayException">AlreadyExists, InvalidArgument, NotFound (the path); the daemon cannot be reached.</exception>
    public Task<NetworkNamespace> CreateNamespaceAsync(NamespaceSpec spec, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return _http.SendAsync<NetworkNamespace>(
            new Call(HttpMethod.Post, "/v1/namespaces", "create", $"namespace '{spec.Name ?? spec.Path}'", FairwayJson.SerializeToUtf8(spec)),
            cancellation);
    }

    /// <summary>Deletes a namespace that has no endpoints. One that Fairway did not make is only forgotten.</summary>
    /// <param name="reference">Name, id, path, or unambiguous beginning of the id.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Completes when the namespace is gone.</returns>
    /// <exception cref="FairwayException">NotFound; Conflict while it has endpoints; the daemon cannot be reached.</exception>
    public Task DeleteNamespaceAsync(string reference, CancellationToken cancellation = default) =>
        _http.SendAsync(new Call(HttpMethod.Delete, Path("namespaces", reference), "delete", $"namespace '{reference}'"), cancellation);
}
