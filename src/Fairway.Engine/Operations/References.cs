using Fairway.Engine.State;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Namespaces;
using Fairway.Model.Networks;
using Fairway.Model.Routes;

namespace Fairway.Engine.Operations;

/// <summary>Finds resources by what people and engines call them: id, name, or the beginning of an id that fits only one.</summary>
internal static class References
{
    public static Network Network(HostState state, string reference)
    {
        var id = Find(reference, "network", HcnErrorCode.NetworkNotFound, state.Networks.ContainsKey, state.Networks.Keys,
            () => state.NetworkNames.TryGetValue(reference, out var named) ? [named] : [],
            found => state.Network(found).Spec.Name);
        return state.Network(id);
    }

    /// <summary>The network of this name or whole id, or null: for callers to whom the beginning of an id means nothing.</summary>
    public static Network? NetworkExactly(HostState state, string reference) =>
        state.NetworkNames.TryGetValue(reference, out var id) || Guid.TryParse(reference, out id) && state.Networks.ContainsKey(id) ? state.Network(id) : null;

    public static Endpoint Endpoint(HostState state, string reference)
    {
        var id = Find(reference, "endpoint", HcnErrorCode.EndpointNotFound, state.Endpoints.ContainsKey, state.Endpoints.Keys,
            () => EndpointsByName(state, reference),
            found => FullName(state, state.Endpoints[found]));
        return state.Endpoints[id];
    }

    public static NetworkNamespace Namespace(HostState state, string reference)
    {
        var id = Find(reference, "namespace", HcnErrorCode.ElementNotFound, state.Namespaces.ContainsKey, state.Namespaces.Keys,
            () => state.NamespaceNames.TryGetValue(reference, out var named) || state.NamespacePaths.TryGetValue(reference, out named) ? [named] : [],
            found => state.Namespaces[found].Namespace.Spec is var spec ? spec.Name ?? spec.Path ?? "" : "");
        return state.Namespaces[id].Namespace;
    }

    public static LoadBalancer LoadBalancer(HostState state, string reference)
    {
        var id = Find(reference, "load balancer", HcnErrorCode.ElementNotFound, state.LoadBalancers.ContainsKey, state.LoadBalancers.Keys,
            () => state.LoadBalancerNames.TryGetValue(reference, out var named) ? [named] : [],
            found => state.LoadBalancers[found].Spec.Name!);
        return state.LoadBalancers[id];
    }

    public static Route Route(HostState state, string reference)
    {
        var id = Find(reference, "route", HcnErrorCode.ElementNotFound, state.Routes.ContainsKey, state.Routes.Keys,
            () => state.RouteNames.TryGetValue(reference, out var named) ? [named] : [],
            found => state.Routes[found].Spec.Name!);
        return state.Routes[id];
    }

    /// <summary>What an endpoint is called where its name alone might be another's: <c>network/name</c>.</summary>
    public static string FullName(HostState state, Endpoint endpoint) => $"{state.Network(endpoint.Spec.NetworkId).Spec.Name}/{endpoint.Spec.Name}";

    private static List<Guid> EndpointsByName(HostState state, string reference)
    {
        if (reference.Split('/') is [var network, var name])
        {
            return state.NetworkNames.TryGetValue(network, out var id) && state.Networks[id].Endpoints.TryGetValue(name, out var endpoint)
                ? [endpoint]
                : [];
        }
        var found = new List<Guid>();
        foreach (var scope in state.Networks.Values)
        {
            if (scope.Endpoints.TryGetValue(reference, out var endpoint))
                found.Add(endpoint);
        }
        return found;
    }

    private static Guid Find(string reference, string kind, uint notFound, Func<Guid, bool> exists, IEnumerable<Guid> ids,
        Func<List<Guid>> byName, Func<Guid, string> name)
    {
        if (Guid.TryParse(reference, out var exact) && exists(exact))
            return exact;
        var candidates = byName();
        if (candidates.Count == 0)
            candidates = ByPrefix(reference, ids);
        return candidates switch
        {
            [var only] => only,
            [] => throw new FairwayException(ErrorKind.NotFound, $"{kind} '{reference}'",
                $"{kind} '{reference}' does not exist; list the {kind}s for their names and ids", notFound),
            _ => throw new FairwayException(ErrorKind.Conflict, $"{kind} '{reference}'",
                $"{kind} '{reference}' may be {Some(candidates, name)}; give more of the id, or the whole name"),
        };
    }

    private static List<Guid> ByPrefix(string reference, IEnumerable<Guid> ids)
    {
        var digits = reference.Replace("-", "", StringComparison.Ordinal);
        return digits.Length is 0 or > 32 || !digits.All(char.IsAsciiHexDigit)
            ? []
            : [.. ids.Where(id => id.ToString("N").StartsWith(digits, StringComparison.OrdinalIgnoreCase))];
    }

    private static string Some(List<Guid> candidates, Func<Guid, string> name)
    {
        var shown = string.Join(", ", candidates.Select(id => $"'{name(id)}' ({id:D})").Order(StringComparer.Ordinal).Take(3));
        return candidates.Count > 3 ? $"{shown} or {candidates.Count - 3} others" : shown;
    }
}
