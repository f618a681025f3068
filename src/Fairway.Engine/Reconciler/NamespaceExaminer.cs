using Fairway.Engine.Diagnostics;
using Fairway.Engine.Operations;
using Fairway.Model.Namespaces;

namespace Fairway.Engine.Reconciler;

/// <summary>
/// Finds namespaces that are gone. Their endpoints lapse: nothing is left that could detach them. Only after a reboot, or when making one
/// was cut short, are our own made again instead: nobody has deleted those.
/// </summary>
internal sealed class NamespaceExaminer(EngineParts parts)
{
    /// <summary>Examines some namespaces while the daemon runs.</summary>
    public async Task ExamineAsync(IEnumerable<Guid> ids)
    {
        foreach (var spec in Specs(ids))
        {
            // Without a cookie it is being made right now.
            if (spec is { Path: { } path, Cookie: not 0 } && Identify(path) is { } found && found != spec.Cookie)
                await LapseAsync(spec).ConfigureAwait(false);
        }
    }

    /// <summary>Examines some namespaces at start.</summary>
    /// <param name="ids">Those whose endpoints are not all in place.</param>
    /// <param name="rebooted">The cookies are of an earlier boot. The kernel counts from the start again, so an equal one means nothing.</param>
    public async Task RestoreAsync(IEnumerable<Guid> ids, bool rebooted)
    {
        foreach (var spec in Specs(ids))
        {
            if (!rebooted && spec is { Path: { } path, Cookie: not 0 } && (Identify(path) ?? spec.Cookie) == spec.Cookie)
                continue;
            if (spec.Owned && (rebooted || spec.Cookie == 0))
                await TryRemakeAsync(spec).ConfigureAwait(false);
            else
                await LapseAsync(spec).ConfigureAwait(false);
        }
    }

    /// <summary>Makes one of ours again that could not be made at start.</summary>
    /// <returns>Its endpoints.</returns>
    public async Task<IReadOnlyList<Guid>> RemakeAsync(Guid id)
    {
        if (!parts.Store.Current.Namespaces.TryGetValue(id, out var scope) || scope.Namespace.Spec.Cookie != 0)
            return [];
        await RemakeAsync(scope.Namespace.Spec).ConfigureAwait(false);
        return scope.Namespace.Endpoints;
    }

    private List<NamespaceSpec> Specs(IEnumerable<Guid> ids)
    {
        var state = parts.Store.Current;
        // Those inside of virtual machines cannot be looked at, and are there for as long as anybody says so.
        return [.. ids.Where(state.Namespaces.ContainsKey).Select(id => state.Namespaces[id].Namespace.Spec).Where(spec => !spec.Guest)];
    }

    /// <summary>The cookie behind a path, 0 when there is no namespace, null when it could not be looked at.</summary>
    private ulong? Identify(string path)
    {
        try
        {
            return parts.Drivers.Namespaces.Identify(path) ?? 0;
        }
        catch (Exception problem)
        {
            parts.Tell(new EngineMessage(Severity.Warning, $"look at namespace '{path}': {problem.Message}; tried again at the next change", problem));
            return null;
        }
    }

    private async Task LapseAsync(NamespaceSpec spec)
    {
        ClearName(spec);
        foreach (var (id, network, publications) in await parts.Status.LapseAsync(spec).ConfigureAwait(false))
        {
            try
            {
                await parts.Endpoints.ConvergeAsync(id, publications).ConfigureAwait(false);
            }
            catch (Exception problem)
            {
                parts.Retries.Add(RetryKey.Endpoint(id), publications);
                parts.Tell(new EngineMessage(Severity.Warning, $"remove endpoint '{id:D}': {problem.Message}; tried again later", problem));
            }
            parts.Idle.Left(network);
        }
    }

    /// <summary>A deletion cut short leaves the name of one of ours, with nothing behind it.</summary>
    private void ClearName(NamespaceSpec spec)
    {
        try
        {
            if (spec is { Owned: true, Path: { } path } && Identify(path) is 0)
                parts.Drivers.Namespaces.Delete(path);
        }
        catch (Exception problem)
        {
            parts.Tell(new EngineMessage(Severity.Warning, $"remove what is left of namespace '{NamespaceAdmission.Text(spec)}': {problem.Message}; delete the file", problem));
        }
    }

    private async Task TryRemakeAsync(NamespaceSpec spec)
    {
        try
        {
            await RemakeAsync(spec).ConfigureAwait(false);
        }
        catch (Exception problem)
        {
            parts.Retries.Add(RetryKey.Namespace(spec.Id));
            parts.Tell(new EngineMessage(Severity.Error, $"make namespace '{NamespaceAdmission.Text(spec)}' again: {problem.Message}; tried again later", problem));
            await parts.Status.VoidAsync(spec, problem).ConfigureAwait(false);
        }
    }

    private async Task RemakeAsync(NamespaceSpec spec)
    {
        var path = parts.Drivers.Namespaces.Create($"{parts.Options.Instance}-{spec.Name}");
        var cookie = parts.Drivers.Namespaces.Identify(path) ?? 0;
        await parts.Store.WriteAsync(transaction =>
        {
            if (transaction.State.Namespaces.ContainsKey(spec.Id))
                transaction.Put(spec with { Path = path, Cookie = cookie });
            return true;
        }).ConfigureAwait(false);
    }
}
