using Fairway.Engine.Diagnostics;
using Fairway.Engine.State;
using Fairway.Engine.Store;
using Fairway.Model.Errors;
using Fairway.Model.Namespaces;
using Fairway.Model.Validation;

namespace Fairway.Engine.Operations;

internal sealed partial class HostNetworking
{
    public async Task<NetworkNamespace> CreateNamespaceAsync(NamespaceSpec spec, CancellationToken cancellation)
    {
        FairwayException.ThrowIfAny($"create namespace '{spec.Name}'", $"namespace '{spec.Name}'", NamespaceSpecValidator.Validate(spec));
        cancellation.ThrowIfCancellationRequested();
        var id = spec.Id == Guid.Empty ? Guid.NewGuid() : spec.Id;
        spec = spec with { Id = id, Name = spec.Name ?? $"ns-{id.ToString("N")[..8]}", Owned = spec is { Path: null, Guest: false }, Cookie = 0 };
        if (spec.Guest)
        {
            // There is nothing of it on the host but its endpoints' taps.
            return await WriteAsync(transaction =>
            {
                NamespaceAdmission.Create(transaction, spec);
                return transaction.State.Namespaces[id].Namespace;
            }).ConfigureAwait(false);
        }
        if (spec.Path is not null)
            return await AdoptAsync(spec).ConfigureAwait(false);

        using var pass = await _gate.EnterAsync(id).ConfigureAwait(false);
        // Written before it is made: one made and not written could never be found again.
        await WriteAsync(transaction => NamespaceAdmission.Create(transaction, spec)).ConfigureAwait(false);
        try
        {
            return await MakeAsync(id).ConfigureAwait(false);
        }
        catch (Exception problem)
        {
            await UndoAsync(id).ConfigureAwait(false);
            throw Refusal.Explain($"create namespace '{spec.Name}'", $"namespace '{spec.Name}'", problem);
        }
    }

    public async Task DeleteNamespaceAsync(string reference, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var id = References.Namespace(State, reference).Spec.Id;
        using var pass = await _gate.EnterAsync(id).ConfigureAwait(false);
        var spec = References.Namespace(State, reference).Spec;
        CheckEmpty(State, id);
        try
        {
            // Deleted before it is forgotten, for the same reason.
            if (spec is { Owned: true, Path: { } path })
                _parts.Drivers.Namespaces.Delete(path);
        }
        catch (Exception problem)
        {
            throw Refusal.Explain($"delete namespace '{spec.Name}'", $"namespace '{spec.Name}'", problem);
        }
        try
        {
            await WriteAsync(transaction => Forget(transaction, id)).ConfigureAwait(false);
        }
        catch when (spec.Owned)
        {
            await PutBackAsync(spec).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>What could not be forgotten is there, and empty, as it was.</summary>
    private async Task PutBackAsync(NamespaceSpec spec)
    {
        try
        {
            var namespaces = _parts.Drivers.Namespaces;
            var cookie = namespaces.Identify(namespaces.Create(Path.GetFileName(spec.Path!))) ?? 0;
            await WriteAsync(transaction =>
            {
                transaction.Put(spec with { Cookie = cookie });
                return true;
            }).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            _parts.Tell(new EngineMessage(Severity.Warning, $"make namespace '{spec.Name}' again, which could not be deleted: {problem.Message}; delete it", problem));
        }
    }

    /// <summary>Makes the namespace of a spec that has been written, and notes where it is.</summary>
    private async Task<NetworkNamespace> MakeAsync(Guid id)
    {
        var spec = State.Namespaces[id].Namespace.Spec;
        var namespaces = _parts.Drivers.Namespaces;
        var path = namespaces.Create($"{_parts.Options.Instance}-{spec.Name}");
        try
        {
            var cookie = namespaces.Identify(path)
                ?? throw new FairwayException(ErrorKind.Unavailable, $"namespace '{spec.Name}'", $"'{path}' was deleted at once by somebody else; try again");
            return await WriteAsync(transaction =>
            {
                transaction.Put(spec with { Path = path, Cookie = cookie });
                return transaction.State.Namespaces[id].Namespace;
            }).ConfigureAwait(false);
        }
        catch
        {
            namespaces.Delete(path);
            throw;
        }
    }

    private async Task<NetworkNamespace> AdoptAsync(NamespaceSpec spec)
    {
        var cookie = IdentifyOrThrow(spec.Path!, "$.Path");
        return await WriteAsync(transaction =>
        {
            // One that somebody attached to by its path gets its name now, and stays.
            var known = transaction.State.NamespaceCookies.TryGetValue(cookie, out var same) && transaction.State.Namespaces[same].IsImplicit ? same : spec.Id;
            var created = NamespaceAdmission.Create(transaction, spec with { Id = known, Cookie = cookie });
            return transaction.State.Namespaces[created.Id].Namespace;
        }).ConfigureAwait(false);
    }

    private async Task UndoAsync(Guid id)
    {
        try
        {
            await WriteAsync(transaction => Forget(transaction, id)).ConfigureAwait(false);
        }
        catch (FairwayException problem)
        {
            _parts.Tell(new EngineMessage(Severity.Warning, $"take back namespace '{id:D}': {problem.Message}", problem));
        }
    }

    private static bool Forget(StoreTransaction transaction, Guid id)
    {
        if (!transaction.State.Namespaces.TryGetValue(id, out var scope))
            return false;
        CheckEmpty(transaction.State, id);
        transaction.Delete(scope.Namespace.Spec);
        return true;
    }

    private static void CheckEmpty(HostState state, Guid id)
    {
        if (state.Namespaces[id] is not { Interfaces.IsEmpty: false } scope)
            return;
        var name = NamespaceAdmission.Text(scope.Namespace.Spec);
        throw new FairwayException(ErrorKind.Conflict, $"namespace '{name}'",
            $"delete namespace '{name}': it has {Some(scope.Namespace.Endpoints.Select(endpoint => References.FullName(state, state.Endpoints[endpoint])), "endpoint")}; detach or delete them first",
            HcnErrorCode.EntityHasReferences);
    }

    private static bool IsUnknownPath(HostState state, string reference) => reference.StartsWith('/') && !state.NamespacePaths.ContainsKey(reference);

    /// <summary>Looks whether a namespace somebody refers to is there.</summary>
    /// <param name="reference">Name, id or path.</param>
    /// <param name="member">JSON path of the field.</param>
    private async Task<Place> FindPlaceAsync(string reference, string member)
    {
        var state = State;
        if (IsUnknownPath(state, reference))
            return new Place(reference, IdentifyOrThrow(reference, member), Known: null);
        // Whoever makes or deletes it now has to finish first.
        await _gate.WhenFreeAsync(References.Namespace(state, reference).Spec.Id).ConfigureAwait(false);
        state = State;
        if (IsUnknownPath(state, reference))
            return new Place(reference, IdentifyOrThrow(reference, member), Known: null);
        var spec = References.Namespace(state, reference).Spec;
        if (spec.Guest)
            return new Place(NamespaceAdmission.Text(spec), 0, spec.Id) { IsGuest = true };
        if (spec is not { Path: { } path, Cookie: not 0 })
        {
            throw Refusal.At(member, ErrorKind.Unavailable, $"namespace '{reference}'",
                $"namespace '{reference}' could not be made again after the reboot; it is tried again, or delete it and create it again", HcnErrorCode.NamespaceAttachFailed);
        }
        var cookie = IdentifyOrThrow(path, member);
        // One that nobody named may be forgotten with its last endpoint before this one enters; it is as good as before then.
        if (cookie == spec.Cookie)
            return new Place(path, cookie, spec.Owned || spec.Name is not null ? spec.Id : null);
        if (reference.StartsWith('/'))
            return new Place(reference, cookie, Known: null);
        throw Refusal.At(member, ErrorKind.NotFound, $"namespace '{reference}'",
            $"namespace '{reference}' is gone: '{spec.Path}' leads to another one now; attach to that path, or create the namespace again", HcnErrorCode.NamespaceAttachFailed);
    }

    private ulong IdentifyOrThrow(string path, string member) => Refusal.Ask("look for the namespace", $"namespace '{path}'", () => _parts.Drivers.Namespaces.Identify(path))
        ?? throw Refusal.At(member, ErrorKind.NotFound, $"namespace '{path}'",
            $"'{path}' leads to no network namespace; give the path of one that exists", HcnErrorCode.NamespaceAttachFailed);
}
