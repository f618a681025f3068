using System.Collections.Immutable;
using Fairway.Model.Endpoints;
using Fairway.Model.Routes;

namespace Fairway.Engine.State;

internal sealed partial record HostState
{
    public ImmutableDictionary<Guid, Route> Routes { get; private init; } = ImmutableDictionary<Guid, Route>.Empty;

    public ImmutableDictionary<string, Guid> RouteNames { get; private init; } = s_noNames;

    /// <summary>The routes that name an endpoint; endpoints without any are left out.</summary>
    public ImmutableDictionary<Guid, ImmutableHashSet<Guid>> Routed { get; private init; } = ImmutableDictionary<Guid, ImmutableHashSet<Guid>>.Empty;

    public ImmutableHashSet<Guid> RoutesOf(Guid endpoint) => Routed.GetValueOrDefault(endpoint, []);

    /// <summary>Where packets of an endpoint go by routes that name it, with the route that says so.</summary>
    public IEnumerable<(Route Route, SwitchRoute Way)> WaysOf(Guid endpoint) => RoutesOf(endpoint).Select(id => Routes[id]).SelectMany(route => route.Spec.Routes, (route, way) => (route, way));

    /// <summary>Enters a route, or replaces it.</summary>
    public HostState With(Route route)
    {
        var id = route.Spec.Id;
        var state = Routes.ContainsKey(id) ? WithoutRoute(id) : this;
        var routed = state.Routed.ToBuilder();
        foreach (var endpoint in route.Spec.Endpoints)
            routed[endpoint] = routed.GetValueOrDefault(endpoint, []).Add(id);
        return state with
        {
            Routes = state.Routes.SetItem(id, route),
            RouteNames = state.RouteNames.SetItem(route.Spec.Name!, id),
            Routed = routed.ToImmutable(),
        };
    }

    public HostState WithoutRoute(Guid id)
    {
        var route = Routes[id];
        var routed = Routed.ToBuilder();
        foreach (var endpoint in route.Spec.Endpoints)
        {
            var rest = routed[endpoint].Remove(id);
            if (rest.IsEmpty)
                routed.Remove(endpoint);
            else
                routed[endpoint] = rest;
        }
        return this with
        {
            Routes = Routes.Remove(id),
            RouteNames = RouteNames.Remove(route.Spec.Name!),
            Routed = routed.ToImmutable(),
        };
    }
}
