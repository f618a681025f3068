using Fairway.Engine.Diagnostics;
using Fairway.Engine.Operations;
using Fairway.Engine.Plan;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;

namespace Fairway.Engine.Reconciler;

/// <summary>
/// Brings the kernel to the plan: at start everything that differs, later whatever somebody else disturbed. Looking is cheap and writes
/// nothing; only differences are applied, and only at start is anything removed that the store does not know.
/// </summary>
internal sealed class HostReconciler(EngineParts parts)
{
    private readonly NamespaceExaminer _examiner = new(parts);

    /// <summary>The start: the store is loaded, nobody else is at work yet.</summary>
    public async Task StartAsync()
    {
        var bootId = parts.Drivers.Probe.BootId;
        Synchronize("attach the switch to the host's devices", () => parts.Drivers.Uplinks.Synchronize());
        // Before a port opens.
        Synchronize("bring access rules in force", () => parts.Policies.Synchronize());
        Synchronize("tell the switch of other hosts", () => parts.Remotes.Synchronize());
        Synchronize("tell the switch how packets leave", () => parts.Ways.Synchronize());
        Synchronize("lead connections to sidecars", () => parts.Sidecars.Synchronize());
        await ReportAsync(parts.Networks.StartAsync()).ConfigureAwait(false);
        var missing = parts.Endpoints.Adopt();
        var rebooted = parts.Store.Current.BootId != bootId;
        await _examiner.RestoreAsync(Disturbed(missing), rebooted).ConfigureAwait(false);
        if (rebooted)
            await parts.Status.LapseHandedOverAsync().ConfigureAwait(false);
        await ApplyAsync(parts.Endpoints.Unmade()).ConfigureAwait(false);
        // Before publications, which close the ports that nobody leads to.
        Synchronize("bring load balancers in force", () => parts.LoadBalancers.Synchronize());
        Synchronize("publish ports", () => parts.Publications.Synchronize());
        await parts.Idle.DeleteAsync().ConfigureAwait(false);
        // Last, when all that shall stay is in place.
        await SweepAsync().ConfigureAwait(false);
        // What was swept may have been in the way.
        await RetryAsync(DateTimeOffset.MaxValue).ConfigureAwait(false);
        await parts.Store.WriteAsync(transaction =>
        {
            if (transaction.State.BootId != bootId)
                transaction.PutBoot(bootId);
            return true;
        }).ConfigureAwait(false);
    }

    /// <summary>Looks at the host once more and repairs what is not as planned.</summary>
    public async Task RepairAsync()
    {
        Synchronize("attach the switch to the host's devices", () => parts.Drivers.Uplinks.Synchronize());
        foreach (var id in await ReportAsync(parts.Networks.RepairAsync()).ConfigureAwait(false))
            await NoteAsync(parts.Status.RepairedNetworkAsync(id)).ConfigureAwait(false);
        var missing = parts.Endpoints.Missing();
        await _examiner.ExamineAsync(Disturbed(missing)).ConfigureAwait(false);
        await Task.WhenAll(missing.Select(RepairAsync)).ConfigureAwait(false);
    }

    /// <summary>Tries again what is due.</summary>
    public Task RetryDueAsync() => RetryAsync(parts.Time.GetUtcNow());

    private async Task RetryAsync(DateTimeOffset due)
    {
        foreach (var (key, publications) in parts.Retries.Due(due))
        {
            try
            {
                await RetryAsync(key, publications).ConfigureAwait(false);
                parts.Retries.Forget(key);
            }
            catch (Exception problem)
            {
                await FailedAsync(key, publications, problem).ConfigureAwait(false);
            }
        }
    }

    private async Task RetryAsync(RetryKey key, IReadOnlyCollection<uint> publications)
    {
        switch (key.Subject)
        {
            case RetrySubject.Host:
                parts.Drivers.Uplinks.Synchronize();
                parts.Policies.Synchronize();
                parts.LoadBalancers.Synchronize();
                parts.Remotes.Synchronize();
                parts.Ways.Synchronize();
                parts.Sidecars.Synchronize();
                parts.Publications.Synchronize();
                break;
            case RetrySubject.Network:
                await parts.Networks.ConvergeAsync(key.Id).ConfigureAwait(false);
                break;
            case RetrySubject.Namespace:
                await ApplyAsync(await _examiner.RemakeAsync(key.Id).ConfigureAwait(false)).ConfigureAwait(false);
                break;
            default:
                if (parts.Store.Current.Endpoints.GetValueOrDefault(key.Id)?.Spec.NamespaceId is { } compartment)
                    await _examiner.ExamineAsync([compartment]).ConfigureAwait(false);
                await parts.Endpoints.ConvergeAsync(key.Id, publications).ConfigureAwait(false);
                await parts.Status.HealAsync(key.Id).ConfigureAwait(false);
                break;
        }
    }

    private void Synchronize(string operation, Action action)
    {
        try
        {
            action();
        }
        catch (Exception problem)
        {
            parts.Retries.Add(RetryKey.Host);
            parts.Tell(new EngineMessage(Severity.Error, $"{operation}: {problem.Message}; tried again later", problem));
        }
    }

    /// <summary>What cannot be swept now stays until the next start; it carries no traffic, its port is closed.</summary>
    private async Task SweepAsync()
    {
        try
        {
            parts.Endpoints.Sweep();
            await parts.Networks.SweepAsync().ConfigureAwait(false);
        }
        catch (Exception problem)
        {
            parts.Tell(new EngineMessage(Severity.Warning, $"remove what an earlier run left behind: {problem.Message}; tried again at the next start", problem));
        }
    }

    /// <summary>Has those tried again that could not be made.</summary>
    /// <returns>Those that were.</returns>
    private async Task<IReadOnlyList<Guid>> ReportAsync(Task<IReadOnlyDictionary<Guid, Exception?>> networks)
    {
        var made = await networks.ConfigureAwait(false);
        foreach (var (id, problem) in made)
        {
            if (problem is not null)
                await FailedAsync(RetryKey.Network(id), [], problem).ConfigureAwait(false);
        }
        return [.. made.Where(network => network.Value is null).Select(network => network.Key)];
    }

    /// <summary>Tells that something was put back. That it was is what counts: a disk that takes no note of it is no failure.</summary>
    private async Task NoteAsync(Task<string?> writing)
    {
        try
        {
            if (await writing.ConfigureAwait(false) is not { } what)
                return;
            parts.Repairs.Note(what);
            parts.Tell(new EngineMessage(Severity.Warning, $"{what} was changed by somebody else and is put back"));
        }
        catch (FairwayException problem)
        {
            parts.Tell(new EngineMessage(Severity.Warning, $"note a repair: {problem.Message}", problem));
        }
    }

    /// <summary>Namespaces worth a look: those of endpoints that are not in place, and those without endpoints, of which no link tells.</summary>
    private HashSet<Guid> Disturbed(IEnumerable<EndpointPlan> missing)
    {
        var state = parts.Store.Current;
        HashSet<Guid> suspects = [.. state.Namespaces.Values.Where(scope => scope.Interfaces.IsEmpty || scope.Namespace.Spec.Cookie == 0).Select(scope => scope.Namespace.Spec.Id)];
        foreach (var plan in missing)
        {
            if (state.Endpoints.TryGetValue(plan.Id, out var endpoint) && endpoint.Spec.NamespaceId is { } id)
                suspects.Add(id);
        }
        return suspects;
    }

    private Task ApplyAsync(IEnumerable<Guid> endpoints) => Task.WhenAll(endpoints.Select(async id =>
    {
        List<uint> publications = [.. parts.Store.Current.PublicationsOf(id).SelectMany(publication => publication.Numbers)];
        try
        {
            await parts.Endpoints.ConvergeAsync(id, publications).ConfigureAwait(false);
            if (parts.Store.Current.Endpoints.GetValueOrDefault(id)?.State == EndpointState.Degraded)
                await parts.Status.HealAsync(id).ConfigureAwait(false);
        }
        catch (Exception problem)
        {
            await FailedAsync(RetryKey.Endpoint(id), publications, problem).ConfigureAwait(false);
        }
    }));

    private async Task RepairAsync(EndpointPlan missing)
    {
        try
        {
            await parts.Endpoints.RepairAsync(missing).ConfigureAwait(false);
            await NoteAsync(parts.Status.RepairedEndpointAsync(missing.Id)).ConfigureAwait(false);
        }
        catch (Exception problem)
        {
            await FailedAsync(RetryKey.Endpoint(missing.Id), [], problem).ConfigureAwait(false);
        }
    }

    private async Task FailedAsync(RetryKey key, IReadOnlyCollection<uint> publications, Exception problem)
    {
        parts.Retries.Add(key, publications);
        if (key.Subject == RetrySubject.Endpoint)
            await parts.Status.DegradeAsync(key.Id, problem).ConfigureAwait(false);
        else
            parts.Tell(new EngineMessage(Severity.Warning, $"bring {Text(key)} to the plan: {problem.Message}; tried again later", problem));
    }

    private string Text(RetryKey key)
    {
        var state = parts.Store.Current;
        return key.Subject switch
        {
            RetrySubject.Network => $"network '{(state.Networks.TryGetValue(key.Id, out var scope) ? scope.Network.Spec.Name : key.Id.ToString("D"))}'",
            RetrySubject.Namespace => $"namespace '{(state.Namespaces.TryGetValue(key.Id, out var place) ? NamespaceAdmission.Text(place.Namespace.Spec) : key.Id.ToString("D"))}'",
            _ => "the host's devices and ports",
        };
    }
}
