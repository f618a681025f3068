using Fairway.Engine.Diagnostics;
using Fairway.Engine.Operations;
using Fairway.Engine.Store;
using Fairway.Model.Changes;
using Fairway.Model.Endpoints;
using Fairway.Model.Namespaces;

namespace Fairway.Engine.Reconciler;

/// <summary>Writes what was found out about the host: endpoints that do not work, work again, or have lost their namespace.</summary>
internal sealed class StatusWriter(HostStore store, Action<EngineMessage> tell)
{
    /// <summary>Notes that an endpoint could not be brought into the kernel. Once for each reason.</summary>
    public Task DegradeAsync(Guid id, Exception problem) => PutAsync(id, EndpointState.Degraded, problem.Message, Severity.Warning,
        endpoint => $"endpoint '{endpoint.Spec.Name}' does not work: {problem.Message}; it is tried again");

    /// <summary>Notes that an endpoint works.</summary>
    public Task HealAsync(Guid id) => PutAsync(id, EndpointState.Attached, null, Severity.Information, endpoint => $"endpoint '{endpoint.Spec.Name}' works again");

    /// <summary>Frees the endpoints of a namespace that is gone, and forgets the namespace.</summary>
    /// <param name="spec">The namespace as it was when it was found to be gone.</param>
    /// <returns>The endpoints, with their networks and the numbers of their publications.</returns>
    public Task<List<(Guid Endpoint, Guid Network, IReadOnlyCollection<uint> Publications)>> LapseAsync(NamespaceSpec spec) => store.WriteAsync(transaction =>
    {
        var freed = new List<(Guid, Guid, IReadOnlyCollection<uint>)>();
        if (!transaction.State.Namespaces.TryGetValue(spec.Id, out var scope) || scope.Namespace.Spec.Cookie != spec.Cookie)
            return freed;
        foreach (var id in scope.Namespace.Endpoints)
        {
            var endpoint = transaction.State.Endpoints[id];
            freed.Add((id, endpoint.Spec.NetworkId, [.. transaction.State.PublicationsOf(id).SelectMany(publication => publication.Numbers)]));
            tell(new EngineMessage(Severity.Information, $"namespace '{NamespaceAdmission.Text(spec)}' is gone; its endpoint '{References.FullName(transaction.State, endpoint)}' is freed"));
            EndpointAdmission.Delete(transaction, endpoint);
        }
        if (transaction.State.Namespaces.ContainsKey(spec.Id))
            transaction.Delete(spec);
        return freed;
    });

    /// <summary>Frees the endpoints that engines had put into namespaces: no namespace outlives a reboot, and the engines ask anew.</summary>
    public Task<bool> LapseHandedOverAsync() => store.WriteAsync(transaction =>
    {
        foreach (var endpoint in transaction.State.Endpoints.Values.Where(endpoint => endpoint.Spec.HandedOver))
        {
            tell(new EngineMessage(Severity.Information, $"the host was started anew; endpoint '{References.FullName(transaction.State, endpoint)}' is freed"));
            EndpointAdmission.Delete(transaction, endpoint);
        }
        return true;
    });

    /// <summary>Notes that one of our namespaces is there no more and could not be made again: its endpoints are kept, but do not work.</summary>
    public Task<bool> VoidAsync(NamespaceSpec spec, Exception problem) => store.WriteAsync(transaction =>
    {
        transaction.Put(spec with { Cookie = 0 });
        foreach (var id in transaction.State.Namespaces[spec.Id].Namespace.Endpoints)
            transaction.Put(transaction.State.Endpoints[id] with { State = EndpointState.Degraded, Message = problem.Message }, ChangeKind.Modified);
        return true;
    });

    /// <summary>Notes that an endpoint was put back into the kernel, where somebody else had disturbed it.</summary>
    /// <returns>What to call it; null when it is not there any more, or was not to be.</returns>
    public Task<string?> RepairedEndpointAsync(Guid id) => store.WriteAsync(transaction =>
    {
        if (!transaction.State.Endpoints.TryGetValue(id, out var endpoint) || endpoint.State != EndpointState.Attached)
            return null;
        transaction.Put(endpoint, ChangeKind.Repaired);
        return $"the interface of endpoint '{References.FullName(transaction.State, endpoint)}'";
    });

    /// <summary>The same for a network.</summary>
    public Task<string?> RepairedNetworkAsync(Guid id) => store.WriteAsync(transaction =>
    {
        if (!transaction.State.Networks.TryGetValue(id, out var scope))
            return null;
        transaction.Put(scope.Network, ChangeKind.Repaired);
        return $"the host's interface in network '{scope.Network.Spec.Name}'";
    });

    private Task<bool> PutAsync(Guid id, EndpointState state, string? message, Severity severity, Func<Endpoint, string> text) => store.WriteAsync(transaction =>
    {
        if (!transaction.State.Endpoints.TryGetValue(id, out var endpoint) || endpoint.Spec is { NamespaceId: null, HasOwnPlace: false }
            || (endpoint.State == state && endpoint.Message == message))
        {
            return false;
        }
        tell(new EngineMessage(severity, text(endpoint)));
        transaction.Put(endpoint with { State = state, Message = message }, ChangeKind.Modified);
        return true;
    });
}
