using Fairway.Engine.Diagnostics;
using Fairway.Engine.Reconciler;
using Fairway.Model.Errors;
using Fairway.Model.Networks;
using Fairway.Model.Validation;

namespace Fairway.Engine.Operations;

/// <summary>Networks that change while their endpoints run.</summary>
internal sealed partial class HostNetworking
{
    public async Task<Network> ChangeNetworkAsync(string reference, Func<NetworkSpec, NetworkSpec> change, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var found = References.Network(State, reference);
        var (operation, subject) = ($"modify network '{found.Spec.Name}'", $"network '{found.Spec.Name}'");
        var admission = Refusal.Ask(operation, subject, () => Admission(found.Spec));
        using var pass = await _gate.EnterAsync(found.Spec.Id).ConfigureAwait(false);
        var (before, after) = await WriteAsync(transaction =>
        {
            if (!transaction.State.Networks.TryGetValue(found.Spec.Id, out var scope))
                throw Gone(found);
            var present = scope.Network.Spec;
            var asked = change(present);
            // Everything else belongs to other operations, or to a network of its own.
            var spec = present with { Subnets = asked.Subnets, Overlay = asked.Overlay, OutboundNat = asked.OutboundNat, Dns = asked.Dns, Document = asked.Document };
            FairwayException.ThrowIfAny(operation, subject, NetworkSpecValidator.Validate(spec));
            spec = admission.Admit(transaction.State, scope, spec);
            var former = scope.Network;
            transaction.Put(former with { Spec = spec });
            return (former, transaction.State.Network(spec.Id));
        }).ConfigureAwait(false);
        try
        {
            await ConvergeAsync(found.Spec.Id).ConfigureAwait(false);
            return after;
        }
        catch (Exception problem)
        {
            await BringBackAsync(before).ConfigureAwait(false);
            throw Refusal.Explain(operation, subject, problem);
        }
    }

    public async Task RefreshNetworkAsync(string reference, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var network = References.Network(State, reference);
        using var pass = await _gate.EnterAsync(network.Spec.Id).ConfigureAwait(false);
        try
        {
            await _parts.Networks.RefreshAsync(network.Spec.Id).ConfigureAwait(false);
            foreach (var endpoint in EndpointsOf(network.Spec.Id))
                _parts.Ways.Refresh(endpoint);
        }
        catch (Exception problem)
        {
            _parts.Retries.Add(RetryKey.Network(network.Spec.Id));
            throw Refusal.Explain($"refresh network '{network.Spec.Name}'", $"network '{network.Spec.Name}'", problem);
        }
    }

    /// <summary>Brings the network and what its endpoints have of it to the plan.</summary>
    private async Task ConvergeAsync(Guid network)
    {
        await _parts.Networks.ConvergeAsync(network).ConfigureAwait(false);
        await Lead(EndpointsOf(network)).ConfigureAwait(false);
    }

    private IEnumerable<Guid> EndpointsOf(Guid network) => State.Networks.TryGetValue(network, out var scope) ? scope.Endpoints.Values : [];

    private async Task BringBackAsync(Network before)
    {
        try
        {
            await WriteAsync(transaction =>
            {
                // An endpoint may have an address by now that it would lose: then the change stays.
                SubnetAdmission.Check(transaction.State, transaction.State.Networks[before.Spec.Id], before.Spec);
                transaction.Put(before);
                return true;
            }).ConfigureAwait(false);
            await ConvergeAsync(before.Spec.Id).ConfigureAwait(false);
        }
        catch (Exception problem)
        {
            _parts.Retries.Add(RetryKey.Network(before.Spec.Id));
            _parts.Retries.Add(RetryKey.Host);
            _parts.Tell(new EngineMessage(Severity.Warning, $"take back a change of network '{before.Spec.Name}': {problem.Message}; tried again later", problem));
        }
    }
}
