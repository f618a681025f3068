using Fairway.Engine.Reconciler;
using Fairway.Engine.Store;
using Fairway.Model.Changes;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Validation;

namespace Fairway.Engine.Operations;

internal sealed partial class HostNetworking
{
    public async Task<Endpoint> ChangeEndpointAsync(string reference, Func<EndpointSpec, EndpointSpec> change, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var endpoint = References.Endpoint(State, reference);
        RemoteEndpoints.RequireLocal("modify endpoint", endpoint);
        var operation = $"modify endpoint '{endpoint.Spec.Name}'";
        using var pass = await _gate.EnterAsync(endpoint.Spec.Id).ConfigureAwait(false);
        var before = endpoint.Spec;
        var changed = await EnterAsync(transaction =>
        {
            var present = Present(transaction, endpoint);
            before = present.Spec;
            Put(transaction, present, change(present.Spec), operation);
            return EnteredEndpoint.Of(transaction.State, present.Spec.Id);
        }).ConfigureAwait(false);
        await ApplyOrUndoAsync(operation, changed, (transaction, present) => Put(transaction, present, before, operation)).ConfigureAwait(false);
        return changed.Result.Endpoint;
    }

    public async Task RefreshEndpointAsync(string reference, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var endpoint = References.Endpoint(State, reference);
        using var pass = await _gate.EnterAsync(endpoint.Spec.Id).ConfigureAwait(false);
        try
        {
            await _parts.Endpoints.RefreshAsync(endpoint.Spec.Id, EnteredEndpoint.NumbersOf(State, endpoint.Spec.Id)).ConfigureAwait(false);
        }
        catch (Exception problem)
        {
            _parts.Retries.Add(RetryKey.Endpoint(endpoint.Spec.Id), EnteredEndpoint.NumbersOf(State, endpoint.Spec.Id));
            throw Refusal.Explain($"refresh endpoint '{endpoint.Spec.Name}'", $"endpoint '{endpoint.Spec.Name}'", problem);
        }
    }

    private static void Put(StoreTransaction transaction, Endpoint present, EndpointSpec asked, string operation)
    {
        // Everything else belongs to other operations.
        var spec = present.Spec with { OutboundNat = asked.OutboundNat, SwitchRoutes = asked.SwitchRoutes, Bandwidth = asked.Bandwidth, Sidecar = asked.Sidecar, Proxy = asked.Proxy, Mtu = asked.Mtu, PortName = asked.PortName };
        var network = transaction.State.Network(spec.NetworkId);
        FairwayException.ThrowIfAny(operation, $"endpoint '{spec.Name}'",
            [.. EndpointSpecValidator.Validate(spec.VirtualNic is null ? spec : spec with { NamespaceId = null }), .. EndpointWayValidator.Validate(spec, network.Spec), .. EndpointLinkValidator.Validate(spec, network)]);
        EndpointAdmission.CheckPortName(transaction.State, spec);
        RouteAdmission.CheckOwn(transaction.State, spec);
        SidecarAdmission.Check(transaction.State, spec);
        transaction.Put(present with { Spec = spec }, ChangeKind.Modified);
    }
}
