using Fairway.Engine.Diagnostics;
using Fairway.Engine.Reconciler;
using Fairway.Engine.State;
using Fairway.Model.Errors;
using Fairway.Model.Networks;
using Fairway.Model.Validation;

namespace Fairway.Engine.Operations;

internal sealed partial class HostNetworking
{
    public async Task<Network> CreateNetworkAsync(NetworkSpec spec, CancellationToken cancellation)
    {
        FairwayException.ThrowIfAny($"create network '{spec.Name}'", $"network '{spec.Name}'", NetworkSpecValidator.Validate(spec));
        cancellation.ThrowIfCancellationRequested();
        spec = spec with { Id = spec.Id == Guid.Empty ? Guid.NewGuid() : spec.Id };
        var admission = Refusal.Ask($"create network '{spec.Name}'", $"network '{spec.Name}'", () => Admission(spec));

        using var pass = await _gate.EnterAsync(spec.Id).ConfigureAwait(false);
        var network = await WriteAsync(transaction => admission.Create(transaction, spec)).ConfigureAwait(false);
        try
        {
            await _parts.Networks.ConvergeAsync(spec.Id).ConfigureAwait(false);
            return network;
        }
        catch (Exception problem)
        {
            await UndoAsync(network).ConfigureAwait(false);
            throw Refusal.Explain($"create network '{spec.Name}'", $"network '{spec.Name}'", problem);
        }
    }

    public async Task DeleteNetworkAsync(string reference, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var network = References.Network(State, reference);
        using var pass = await _gate.EnterAsync(network.Spec.Id).ConfigureAwait(false);
        await WriteAsync(transaction =>
        {
            if (!transaction.State.Networks.TryGetValue(network.Spec.Id, out var scope))
                throw Gone(network);
            CheckEmpty(scope);
            transaction.Delete(scope.Network);
            return true;
        }).ConfigureAwait(false);
        try
        {
            await _parts.Networks.ConvergeAsync(network.Spec.Id).ConfigureAwait(false);
        }
        catch (Exception problem)
        {
            _parts.Retries.Add(RetryKey.Network(network.Spec.Id));
            throw Refusal.Explain($"delete network '{network.Spec.Name}' (it is tried again later)", $"network '{network.Spec.Name}'", problem);
        }
    }

    private NetworkAdmission Admission(NetworkSpec spec)
    {
        var probe = _parts.Drivers.Probe;
        var uplink = spec.Traits.HasUplink ? (spec.UplinkIndex is { } index ? probe.FindUplink(index) : probe.FindUplink(spec.Uplink)) : null;
        return new NetworkAdmission(_parts.Names, _parts.Options.Pools, probe.Routes(), spec.Mtu ?? uplink?.Mtu ?? probe.UplinkMtu(), uplink, uplink is null ? [] : probe.Addresses());
    }

    private async Task UndoAsync(Network network)
    {
        try
        {
            await WriteAsync(transaction =>
            {
                transaction.Delete(network);
                return true;
            }).ConfigureAwait(false);
            await _parts.Networks.ConvergeAsync(network.Spec.Id).ConfigureAwait(false);
        }
        catch (Exception problem)
        {
            _parts.Retries.Add(RetryKey.Network(network.Spec.Id));
            _parts.Tell(new EngineMessage(Severity.Warning, $"take back network '{network.Spec.Name}': {problem.Message}; tried again later", problem));
        }
    }

    private static void CheckEmpty(NetworkScope scope)
    {
        if (scope.Endpoints.IsEmpty)
            return;
        var name = scope.Network.Spec.Name;
        throw new FairwayException(ErrorKind.Conflict, $"network '{name}'",
            $"delete network '{name}': it has {Some(scope.Endpoints.Keys, "endpoint")}; delete {(scope.Endpoints.Count == 1 ? "it" : "them")} first", HcnErrorCode.EntityHasReferences);
    }

    /// <summary>How many there are, and the first few names.</summary>
    private static string Some(IEnumerable<string> names, string kind)
    {
        List<string> sorted = [.. names.Order(StringComparer.OrdinalIgnoreCase)];
        var shown = string.Join(", ", sorted.Take(3).Select(name => $"'{name}'"));
        return sorted.Count == 1 ? $"the {kind} {shown}" : $"{sorted.Count} {kind}s ({shown}{(sorted.Count > 3 ? ", ..." : "")})";
    }

    private static FairwayException Gone(Network network) => new(ErrorKind.NotFound, $"network '{network.Spec.Name}'",
        $"network '{network.Spec.Name}' has just been deleted", HcnErrorCode.NetworkNotFound);
}
