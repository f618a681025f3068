using System.Collections.Immutable;
using Fairway.Engine.State;
using Fairway.Engine.Store;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Routes;
using Fairway.Model.Validation;

namespace Fairway.Engine.Operations;

/// <summary>Lets routes in when the networks of their endpoints have such a way, and nobody else says where those prefixes go.</summary>
internal static class RouteAdmission
{
    /// <summary>Prefixes that routes may name for one endpoint, all routes together: each change of one writes them all.</summary>
    public const int MostOfEndpoint = 1024;

    /// <summary>Enters a new route.</summary>
    /// <param name="transaction">The write.</param>
    /// <param name="spec">A valid spec with an id.</param>
    /// <exception cref="FairwayException">Something is in the way.</exception>
    public static Route Create(StoreTransaction transaction, RouteSpec spec)
    {
        spec = Named(transaction.State, spec);
        Check(transaction.State, spec, "create");
        transaction.Put(new Route(spec, 0));
        return transaction.State.Routes[spec.Id];
    }

    /// <summary>Enters what a route is from now on.</summary>
    /// <exception cref="FairwayException">Something is in the way.</exception>
    public static Route Replace(StoreTransaction transaction, RouteSpec spec)
    {
        var before = Present(transaction.State, spec);
        Check(transaction.State, spec, "change");
        transaction.Put(before with { Spec = spec });
        return transaction.State.Routes[spec.Id];
    }

    /// <summary>A route as it is now.</summary>
    /// <exception cref="FairwayException">NotFound.</exception>
    public static Route Present(HostState state, RouteSpec known) => state.Routes.GetValueOrDefault(known.Id)
        ?? throw new FairwayException(ErrorKind.NotFound, $"route '{known.Name}'", $"route '{known.Name}' has just been deleted", HcnErrorCode.ElementNotFound);

    /// <summary>A route as it was before a change that is taken back, without endpoints that are gone or have another way by now.</summary>
    public static Route Restored(HostState state, Route before) => before with
    {
        Spec = before.Spec with { Endpoints = before.Spec.Endpoints.RemoveAll(id => !state.Endpoints.TryGetValue(id, out var endpoint) || Taken(state, before.Spec, endpoint) is not null) },
    };

    /// <summary>Refuses routes of an endpoint's own to where a route that names it says already.</summary>
    public static void CheckOwn(HostState state, EndpointSpec spec)
    {
        for (var i = 0; i < spec.SwitchRoutes.Length; i++)
        {
            if (state.WaysOf(spec.Id).FirstOrDefault(known => known.Way.Destination == spec.SwitchRoutes[i].Destination).Route is { } other)
            {
                throw Refusal.At($"$.SwitchRoutes[{i}].Destination", ErrorKind.AlreadyExists, $"endpoint '{spec.Name}'",
                    $"route '{other.Spec.Name}' says where packets of endpoint '{spec.Name}' to {spec.SwitchRoutes[i].Destination} go; choose another prefix, or take the endpoint out of that route", HcnErrorCode.PolicyAlreadyExists);
            }
        }
    }

    private static RouteSpec Named(HostState state, RouteSpec spec)
    {
        if (state.Routes.TryGetValue(spec.Id, out var same))
        {
            throw Refusal.At("$.Id", ErrorKind.AlreadyExists, $"route '{spec.Id:D}'",
                $"id {spec.Id:D} is route '{same.Spec.Name}' already; choose another id, or none", HcnErrorCode.ObjectAlreadyExists);
        }
        var name = spec.Name ?? $"route-{spec.Id.ToString("N")[..8]}";
        if (!state.RouteNames.ContainsKey(name))
            return spec with { Name = name };
        throw Refusal.At("$.Name", ErrorKind.AlreadyExists, $"route '{name}'",
            $"route '{name}' exists already; choose another name, or delete it first", HcnErrorCode.ObjectAlreadyExists);
    }

    private static void Check(HostState state, RouteSpec spec, string operation)
    {
        if (spec.NetworkId is { } network && !state.Networks.ContainsKey(network))
        {
            throw Refusal.At("$.NetworkId", ErrorKind.NotFound, $"network '{network:D}'",
                $"network '{network:D}' does not exist; create it first", HcnErrorCode.NetworkNotFound);
        }
        ImmutableArray<Endpoint> endpoints = [.. spec.Endpoints.Select((id, index) => Find(state, spec, id, $"$.Endpoints[{index}]"))];
        var findings = new FindingCollector();
        foreach (var used in endpoints.Select(endpoint => endpoint.Spec.NetworkId).Distinct())
            SwitchRouteValidator.Validate(spec.Routes, state.Network(used).Spec, "Routes", findings);
        FairwayException.ThrowIfAny($"{operation} route '{spec.Name}'", $"route '{spec.Name}'", findings.Findings);
        for (var i = 0; i < endpoints.Length; i++)
            CheckFree(state, spec, endpoints[i], $"$.Endpoints[{i}]");
    }

    private static Endpoint Find(HostState state, RouteSpec spec, Guid id, string path)
    {
        if (!state.Endpoints.TryGetValue(id, out var endpoint))
        {
            throw Refusal.At(path, ErrorKind.NotFound, $"endpoint '{id:D}'",
                $"endpoint '{id:D}' does not exist; list the endpoints for their ids", HcnErrorCode.EndpointNotFound);
        }
        var name = References.FullName(state, endpoint);
        if (spec.NetworkId is { } only && only != endpoint.Spec.NetworkId)
        {
            throw Refusal.At(path, ErrorKind.InvalidArgument, $"endpoint '{name}'",
                $"endpoint '{name}' is not of network '{state.Network(only).Spec.Name}', which the route is for; choose endpoints of that network, or leave the network out",
                HcnErrorCode.InvalidNetwork);
        }
        if (endpoint.Spec.ProviderAddress is { } elsewhere)
        {
            throw Refusal.At(path, ErrorKind.InvalidArgument, $"endpoint '{name}'",
                $"endpoint '{name}' is on host {elsewhere}, whose switch sends its packets; make the route there", HcnErrorCode.EndpointNotLocal);
        }
        return endpoint;
    }

    /// <summary>One prefix, one answer; and no more of them than a change can write in reasonable time.</summary>
    private static void CheckFree(HostState state, RouteSpec spec, Endpoint endpoint, string path)
    {
        var name = References.FullName(state, endpoint);
        var prefixes = state.WaysOf(endpoint.Spec.Id).Count(known => known.Route.Spec.Id != spec.Id) + spec.Routes.Length;
        if (prefixes > MostOfEndpoint)
        {
            throw Refusal.At(path, ErrorKind.Exhausted, $"endpoint '{name}'",
                $"routes would name {prefixes} prefixes for endpoint '{name}', which has room for {MostOfEndpoint}; take it out of others", HcnErrorCode.NotEnoughQuota);
        }
        if (Taken(state, spec, endpoint) is var (way, route))
        {
            throw Refusal.At(path, ErrorKind.AlreadyExists, $"endpoint '{name}'",
                $"{(route is null ? "a route of its own" : $"route '{route.Spec.Name}'")} says where packets of endpoint '{name}' to {way.Destination} go; choose another prefix, or {(route is null ? "remove that route (SDNRoute) of the endpoint" : "take the endpoint out of that route")}",
                HcnErrorCode.PolicyAlreadyExists);
        }
    }

    /// <summary>A prefix of which somebody else says already where an endpoint's packets to it go: another route, or, when that is null, the endpoint's own settings.</summary>
    private static (SwitchRoute Way, Route? Route)? Taken(HostState state, RouteSpec spec, Endpoint endpoint)
    {
        var taken = state.WaysOf(endpoint.Spec.Id).Where(known => known.Route.Spec.Id != spec.Id).Select(known => (known.Way, (Route?)known.Route))
            .Concat(endpoint.Spec.SwitchRoutes.Select(own => (own, (Route?)null)))
            .ToDictionary(known => known.Item1.Destination);
        return spec.Routes.Where(way => taken.ContainsKey(way.Destination)).Select(way => ((SwitchRoute, Route?)?)taken[way.Destination]).FirstOrDefault();
    }
}
