using Fairway.Engine.Reconciler;
using Fairway.Engine.Store;
using Fairway.Model.Errors;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Requests;
using Fairway.Model.Validation;

namespace Fairway.Engine.Operations;

internal sealed partial class HostNetworking
{
    public IReadOnlyList<LoadBalancer> LoadBalancers => Lists.LoadBalancers;

    public LoadBalancer GetLoadBalancer(string reference) => References.LoadBalancer(State, reference);

    public Task<LoadBalancer> CreateLoadBalancerAsync(CreateLoadBalancerRequest request, CancellationToken cancellation)
    {
        var state = State;
        var spec = new LoadBalancerSpec
        {
            Name = request.Name,
            NetworkId = request.Network is { } network ? References.Network(state, network).Spec.Id : null,
            Frontends = request.Frontends.IsEmpty ? [System.Net.IPAddress.Any, System.Net.IPAddress.IPv6Any] : request.Frontends,
            Ports = request.Ports,
            Backends = [.. request.Backends.Select(backend => References.Endpoint(state, backend).Spec.Id)],
        };
        return CreateLoadBalancerAsync(request.Source is { } source ? SourceAdmission.Name(state, spec, References.Endpoint(state, source)) : spec, cancellation);
    }

    public async Task<LoadBalancer> CreateLoadBalancerAsync(LoadBalancerSpec spec, CancellationToken cancellation)
    {
        var subject = spec.Name is { } name ? $"load balancer '{name}'" : "load balancer";
        FairwayException.ThrowIfAny($"create {subject}", subject, LoadBalancerValidator.Validate(spec));
        cancellation.ThrowIfCancellationRequested();
        spec = spec with { Id = spec.Id == Guid.Empty ? Guid.NewGuid() : spec.Id };
        using var pass = await _gate.EnterAsync(spec.Id).ConfigureAwait(false);
        var addresses = _ports.CheckFree(spec);
        var created = await WriteAsync(transaction => LoadBalancerAdmission.Create(transaction, spec, addresses)).ConfigureAwait(false);
        subject = $"load balancer '{created.Spec.Name}'";
        await ApplyOrUndoAsync($"create {subject}", subject, () => BringAsync(spec.Id, created.Spec.Source), transaction => transaction.Delete(created)).ConfigureAwait(false);
        return created;
    }

    public async Task<LoadBalancer> ChangeLoadBalancerAsync(string reference, Func<LoadBalancerSpec, LoadBalancerSpec> change, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var known = References.LoadBalancer(State, reference);
        using var pass = await _gate.EnterAsync(known.Spec.Id).ConfigureAwait(false);
        var before = Present(known);
        var spec = change(before.Spec) with { Id = before.Spec.Id, Name = before.Spec.Name };
        var subject = $"load balancer '{spec.Name}'";
        FairwayException.ThrowIfAny($"change {subject}", subject, LoadBalancerValidator.Validate(spec));
        var addresses = _ports.CheckFree(spec, before.Spec);
        var changed = await WriteAsync(transaction => LoadBalancerAdmission.Replace(transaction, spec, addresses)).ConfigureAwait(false);
        await ApplyOrUndoAsync($"change {subject}", subject, () => BringAsync(spec.Id, before.Spec.Source, changed.Spec.Source), transaction => transaction.Put(before)).ConfigureAwait(false);
        return changed;
    }

    public Task<LoadBalancer> ChangeBackendsAsync(string reference, IReadOnlyList<string> added, IReadOnlyList<string> removed, CancellationToken cancellation)
    {
        var state = State;
        Guid[] more = [.. added.Select(endpoint => References.Endpoint(state, endpoint).Spec.Id)];
        Guid[] less = [.. removed.Select(endpoint => References.Endpoint(state, endpoint).Spec.Id)];
        return ChangeLoadBalancerAsync(reference, spec => LoadBalancerAdmission.WithBackends(state, spec, more, less), cancellation);
    }

    public async Task DeleteLoadBalancerAsync(string reference, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var known = References.LoadBalancer(State, reference);
        using var pass = await _gate.EnterAsync(known.Spec.Id).ConfigureAwait(false);
        await WriteAsync(transaction =>
        {
            transaction.Delete(Present(known, transaction));
            return true;
        }).ConfigureAwait(false);
        await ApplyDeletionAsync($"delete load balancer '{known.Spec.Name}'", $"load balancer '{known.Spec.Name}'", () => BringAsync(known.Spec.Id, known.Spec.Source)).ConfigureAwait(false);
    }

    /// <summary>Brings a load balancer to the plan; a source is there before anybody calls with its addresses, and goes after the last who does.</summary>
    private async Task BringAsync(Guid id, params IEnumerable<Guid?> sources)
    {
        var planned = State.LoadBalancers.GetValueOrDefault(id)?.Spec.Source;
        Guid[] concerned = [.. sources.OfType<Guid>().Distinct()];
        try
        {
            if (planned is { } present)
                await _parts.Endpoints.ConvergeAsync(present, []).ConfigureAwait(false);
            _parts.LoadBalancers.Apply(id);
            foreach (var gone in concerned.Where(source => source != planned))
                await _parts.Endpoints.ConvergeAsync(gone, []).ConfigureAwait(false);
        }
        catch
        {
            // Load balancers are tried again all together; the ports of their sources nobody else knows of.
            foreach (var source in concerned)
                _parts.Retries.Add(RetryKey.Endpoint(source));
            throw;
        }
    }

    private LoadBalancer Present(LoadBalancer known, StoreTransaction? transaction = null) => (transaction?.State ?? State).LoadBalancers.GetValueOrDefault(known.Spec.Id)
        ?? throw new FairwayException(ErrorKind.NotFound, $"load balancer '{known.Spec.Name}'", $"load balancer '{known.Spec.Name}' has just been deleted", HcnErrorCode.ElementNotFound);
}
