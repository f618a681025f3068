using Fairway.Model.Changes;
using Fairway.Model.Routes;

namespace Fairway.Engine.Store;

internal sealed partial class StoreTransaction
{
    /// <summary>Enters or replaces a route.</summary>
    public void Put(Route route)
    {
        route = route with { Revision = Revision };
        var id = route.Spec.Id;
        var known = State.Routes.TryGetValue(id, out var before);
        State = State.With(route);
        _rows.Add(writer => writer.Routes.Put(route));
        Delta.Ways.UnionWith([.. route.Spec.Endpoints, .. before?.Spec.Endpoints ?? []]);
        Tell(ResourceKind.Route, known ? ChangeKind.Modified : ChangeKind.Created, id, route.Spec.Name);
    }

    public void Delete(Route route)
    {
        var id = route.Spec.Id;
        Delta.Ways.UnionWith(State.Routes[id].Spec.Endpoints);
        State = State.WithoutRoute(id);
        _rows.Add(writer => writer.Routes.Delete(id));
        Tell(ResourceKind.Route, ChangeKind.Deleted, id, route.Spec.Name);
    }

    /// <summary>No route names an endpoint that goes for good.</summary>
    private void LeaveRoutes(Guid endpoint)
    {
        foreach (var id in State.RoutesOf(endpoint))
        {
            var route = State.Routes[id];
            Put(route with { Spec = route.Spec with { Endpoints = route.Spec.Endpoints.Remove(endpoint) } });
        }
    }
}
