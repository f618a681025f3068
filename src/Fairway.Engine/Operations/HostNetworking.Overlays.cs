using Fairway.Engine.Diagnostics;
using Fairway.Engine.Reconciler;
using Fairway.Model.Errors;
using Fairway.Model.Networks;
using Fairway.Model.Validation;

namespace Fairway.Engine.Operations;

internal sealed partial class HostNetworking
{
    public async Task<Network> ChangeOverlayAsync(string reference, Func<OverlaySpec?, OverlaySpec> change, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var found = References.Network(State, reference);
        var (operation, subject) = ($"modify network '{found.Spec.Name}'", $"network '{found.Spec.Name}'");
        using var pass = await _gate.EnterAsync(found.Spec.Id).ConfigureAwait(false);
        var (before, after) = await WriteAsync(transaction =>
        {
            if (!transaction.State.Networks.TryGetValue(found.Spec.Id, out var scope))
                throw Gone(found);
            var present = scope.Network.Spec;
            var spec = present with { Overlay = change(present.Traits.IsEncapsulated ? present.Overlay ?? OverlaySpec.Default : null) };
            FairwayException.ThrowIfAny(operation, subject, NetworkSpecValidator.Validate(spec));
            if (spec.HasHostPort && !scope.Network.Spec.HasHostPort)
                Admission(spec).CheckOverlap(transaction.State, spec);
            transaction.Put(scope.Network with { Spec = spec });
            return (scope.Network, transaction.State.Network(spec.Id));
        }).ConfigureAwait(false);
        try
        {
            await _parts.Networks.ConvergeAsync(found.Spec.Id).ConfigureAwait(false);
            return after;
        }
        catch (Exception problem)
        {
            await BringBackAsync(before).ConfigureAwait(false);
            throw Refusal.Explain(operation, subject, problem);
        }
    }

    private async Task BringBackAsync(Network before)
    {
        try
        {
            await WriteAsync(transaction =>
            {
                transaction.Put(before);
                return true;
            }).ConfigureAwait(false);
            await _parts.Networks.ConvergeAsync(before.Spec.Id).ConfigureAwait(false);
        }
        catch (Exception problem)
        {
            _parts.Retries.Add(RetryKey.Network(before.Spec.Id));
            _parts.Tell(new EngineMessage(Severity.Warning, $"take back a change of network '{before.Spec.Name}': {problem.Message}; tried again later", problem));
        }
    }
}
