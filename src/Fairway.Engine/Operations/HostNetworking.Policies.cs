using Fairway.Engine.Diagnostics;
using Fairway.Engine.Reconciler;
using Fairway.Model.Errors;
using Fairway.Model.Policies;

namespace Fairway.Engine.Operations;

internal sealed partial class HostNetworking
{
    public PolicySet PoliciesOf(Guid owner) => State.PoliciesOf(owner);

    public Task<PolicyChange> ChangeEndpointPoliciesAsync(string reference, Func<PolicySet, PolicyChange> change, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var endpoint = References.Endpoint(State, reference);
        RemoteEndpoints.RequireLocal("change access rules of endpoint", endpoint);
        return ChangeAsync(endpoint.Spec.Id, endpoint.Spec.Name!, $"endpoint '{endpoint.Spec.Name}'", change,
            () => _parts.Endpoints.ConvergeAsync(endpoint.Spec.Id, []));
    }

    public Task<PolicyChange> ChangeNetworkPoliciesAsync(string reference, Func<PolicySet, PolicyChange> change, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var network = References.Network(State, reference);
        return ChangeAsync(network.Spec.Id, network.Spec.Name, $"network '{network.Spec.Name}'", change, () => ConvergeSetsAsync(network.Spec.Id));
    }

    private async Task<PolicyChange> ChangeAsync(Guid owner, string name, string subject, Func<PolicySet, PolicyChange> change, Func<Task> converge)
    {
        var operation = $"change access rules of {subject}";
        using var pass = await _gate.EnterAsync(owner).ConfigureAwait(false);
        var write = await EnterAsync(transaction =>
        {
            if (!transaction.State.Endpoints.ContainsKey(owner) && !transaction.State.Networks.ContainsKey(owner))
                throw new FairwayException(ErrorKind.NotFound, subject, $"{operation}: it has just been deleted");
            var asked = change(transaction.State.PoliciesOf(owner));
            PolicyAdmission.Check(transaction.State, owner, subject, asked);
            return transaction.Change(owner, name, asked);
        }).ConfigureAwait(false);
        // The kernel while the disk writes: a refusal of either takes it back.
        var applied = ApplyAsync(converge);
        await OnDiskAsync(write.OnDisk, owner, subject, applied, converge).ConfigureAwait(false);
        try
        {
            await applied.ConfigureAwait(false);
            return write.Result;
        }
        catch (Exception problem)
        {
            await UndoAsync(owner, name, subject, write.Result, converge).ConfigureAwait(false);
            throw Refusal.Explain(operation, subject, problem);
        }
    }

    private static async Task ApplyAsync(Func<Task> converge) => await converge().ConfigureAwait(false);

    /// <summary>Waits for the disk. Rules it refused are out of the plan again, and must go from the kernel.</summary>
    private async Task OnDiskAsync(Task onDisk, Guid owner, string subject, Task applied, Func<Task> converge)
    {
        try
        {
            await onDisk.ConfigureAwait(false);
        }
        catch (FairwayException)
        {
            await applied.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await TakeBackAsync(owner, subject, converge).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Rules of the network itself, and of its endpoints that use its address sets. One after the other: each sees all of the change or nothing.</summary>
    private async Task ConvergeSetsAsync(Guid network)
    {
        _parts.Policies.Apply(network);
        _parts.Policies.Release(network);
        foreach (var endpoint in State.Networks.TryGetValue(network, out var scope) ? scope.Endpoints.Values : [])
        {
            if (State.Policies.ContainsKey(endpoint))
                await _parts.Endpoints.ConvergeAsync(endpoint, []).ConfigureAwait(false);
        }
    }

    private async Task UndoAsync(Guid owner, string name, string subject, PolicyChange made, Func<Task> converge)
    {
        try
        {
            var before = State.PoliciesOf(owner).Before(made);
            await WriteAsync(transaction => transaction.Change(owner, name, before)).ConfigureAwait(false);
        }
        catch (FairwayException problem)
        {
            Postpone(owner, subject, problem);
            return;
        }
        await TakeBackAsync(owner, subject, converge).ConfigureAwait(false);
    }

    private async Task TakeBackAsync(Guid owner, string subject, Func<Task> converge)
    {
        try
        {
            await converge().ConfigureAwait(false);
        }
        catch (Exception problem)
        {
            Postpone(owner, subject, problem);
        }
    }

    private void Postpone(Guid owner, string subject, Exception problem)
    {
        _parts.Retries.Add(State.Networks.ContainsKey(owner) ? RetryKey.Network(owner) : RetryKey.Endpoint(owner));
        _parts.Tell(new EngineMessage(Severity.Warning, $"take back access rules of {subject}: {problem.Message}; tried again later", problem));
    }
}
