using Fairway.Model.Errors;
using Fairway.Model.Requests;
using Fairway.Model.Routes;
using Fairway.Model.Validation;

namespace Fairway.Engine.Operations;

internal sealed partial class HostNetworking
{
    public IReadOnlyList<Route> Routes => Lists.Routes;

    public Route GetRoute(string reference) => References.Route(State, reference);

    public Task<Route> CreateRouteAsync(CreateRouteRequest request, CancellationToken cancellation)
    {
        var state = State;
        return CreateRouteAsync(
            new RouteSpec
            {
                Name = request.Name,
                NetworkId = request.Network is { } network ? References.Network(state, network).Spec.Id : null,
                Endpoints = [.. request.Endpoints.Select(endpoint => References.Endpoint(state, endpoint).Spec.Id)],
                Routes = request.Routes,
            },
            cancellation);
    }

    public async Task<Route> CreateRouteAsync(RouteSpec spec, CancellationToken cancellation)
    {
        var subject = spec.Name is { } name ? $"route '{name}'" : "route";
        FairwayException.ThrowIfAny($"create {subject}", subject, RouteValidator.Validate(spec));
        cancellation.ThrowIfCancellationRequested();
        spec = spec with { Id = spec.Id == Guid.Empty ? Guid.NewGuid() : spec.Id };
        using var pass = await _gate.EnterAsync(spec.Id).ConfigureAwait(false);
        var created = await WriteAsync(transaction => RouteAdmission.Create(transaction, spec)).ConfigureAwait(false);
        subject = $"route '{created.Spec.Name}'";
        await ApplyOrUndoAsync($"create {subject}", subject, () => Lead(created.Spec.Endpoints), transaction => transaction.Delete(created)).ConfigureAwait(false);
        return created;
    }

    public async Task<Route> ChangeRouteAsync(string reference, Func<RouteSpec, RouteSpec> change, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var known = References.Route(State, reference);
        using var pass = await _gate.EnterAsync(known.Spec.Id).ConfigureAwait(false);
        var before = RouteAdmission.Present(State, known.Spec);
        var spec = change(before.Spec) with { Id = before.Spec.Id, Name = before.Spec.Name };
        var subject = $"route '{spec.Name}'";
        FairwayException.ThrowIfAny($"change {subject}", subject, RouteValidator.Validate(spec));
        var changed = await WriteAsync(transaction => RouteAdmission.Replace(transaction, spec)).ConfigureAwait(false);
        await ApplyOrUndoAsync($"change {subject}", subject, () => Lead(changed.Spec.Endpoints.Union(before.Spec.Endpoints)),
            transaction => transaction.Put(RouteAdmission.Restored(transaction.State, before))).ConfigureAwait(false);
        return changed;
    }

    public async Task DeleteRouteAsync(string reference, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var known = References.Route(State, reference);
        using var pass = await _gate.EnterAsync(known.Spec.Id).ConfigureAwait(false);
        var deleted = await WriteAsync(transaction =>
        {
            var present = RouteAdmission.Present(transaction.State, known.Spec);
            transaction.Delete(present);
            return present;
        }).ConfigureAwait(false);
        await ApplyDeletionAsync($"delete route '{known.Spec.Name}'", $"route '{known.Spec.Name}'", () => Lead(deleted.Spec.Endpoints)).ConfigureAwait(false);
    }

    /// <summary>Has the switch send packets of endpoints as the plan says.</summary>
    private Task Lead(IEnumerable<Guid> endpoints)
    {
        foreach (var endpoint in endpoints)
            _parts.Ways.Converge(endpoint);
        return Task.CompletedTask;
    }
}
