using Fairway.Client.Transport;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Query;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Client.Hcn;

/// <summary>Resources of one kind of the HCN schema.</summary>
/// <typeparam name="TDocument">Their document.</typeparam>
/// <typeparam name="TModification">The document of a change.</typeparam>
public sealed class HcnCollection<TDocument, TModification>
    where TDocument : HcnResource
    where TModification : HcnObject
{
    private readonly DaemonHttp _http;
    private readonly string _path;
    private readonly string _noun;

    internal HcnCollection(DaemonHttp http, string collection, string noun)
    {
        _http = http;
        _path = $"/hcn/v2/{collection}";
        _noun = noun;
    }

    /// <summary>Lists resources.</summary>
    /// <param name="query">Which; null for all.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The documents.</returns>
    /// <exception cref="FairwayException">InvalidArgument or Unsupported (the query); the daemon cannot be reached.</exception>
    public Task<IReadOnlyList<TDocument>> QueryAsync(HostComputeQuery? query = null, CancellationToken cancellation = default)
    {
        var path = query is null ? _path : $"{_path}?query={Uri.EscapeDataString(HcnJson.Write(query))}";
        return _http.SendAsync(new Call(HttpMethod.Get, path, "list", $"{_noun}s"), HcnClient.Read<IReadOnlyList<TDocument>>, cancellation);
    }

    /// <summary>Finds a resource.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Its document, members Fairway does not know included.</returns>
    /// <exception cref="FairwayException">NotFound; the daemon cannot be reached.</exception>
    public Task<TDocument> GetAsync(Guid id, CancellationToken cancellation = default) =>
        _http.SendAsync(Call(HttpMethod.Get, id, "find"), HcnClient.Read<TDocument>, cancellation);

    /// <summary>Creates a resource.</summary>
    /// <param name="document">What is asked for.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The document, completed with everything that was chosen.</returns>
    /// <exception cref="FairwayException">
    /// AlreadyExists, NotFound (what it refers to), InvalidArgument, Conflict, Exhausted, Unsupported; the daemon cannot be reached.
    /// </exception>
    public Task<TDocument> CreateAsync(TDocument document, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        return _http.SendAsync(
            new Call(HttpMethod.Post, _path, "create", $"{_noun} '{document.Name ?? document.Id?.ToString()}'", HcnJson.WriteUtf8(document)),
            HcnClient.Read<TDocument>, cancellation);
    }

    /// <summary>Changes a resource.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="modification">What to change.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Completes when the change is in force.</returns>
    /// <exception cref="FairwayException">NotFound, InvalidArgument, Conflict, Unsupported; the daemon cannot be reached.</exception>
    public Task ModifyAsync(Guid id, TModification modification, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(modification);
        return _http.SendAsync(
            new Call(HttpMethod.Post, $"{_path}/{HcnId.Format(id)}/modify", "modify", Title(id), HcnJson.WriteUtf8(modification)), cancellation);
    }

    /// <summary>Deletes a resource.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Completes when it is gone.</returns>
    /// <exception cref="FairwayException">NotFound; Conflict while others refer to it; the daemon cannot be reached.</exception>
    public Task DeleteAsync(Guid id, CancellationToken cancellation = default) => _http.SendAsync(Call(HttpMethod.Delete, id, "delete"), cancellation);

    private Call Call(HttpMethod method, Guid id, string verb) => new(method, $"{_path}/{HcnId.Format(id)}", verb, Title(id));

    private string Title(Guid id) => $"{_noun} '{HcnId.Format(id)}'";
}
