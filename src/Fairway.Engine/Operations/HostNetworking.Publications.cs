using System.Collections.Immutable;
using Fairway.Engine.State;
using Fairway.Engine.Store;
using Fairway.Model.Changes;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Ports;
using Fairway.Model.Validation;

namespace Fairway.Engine.Operations;

internal sealed partial class HostNetworking
{
    public async Task<IReadOnlyList<PortPublication>> PublishAsync(string reference, IReadOnlyList<PortPublication> publications, CancellationToken cancellation)
    {
        FairwayException.ThrowIfAny($"publish ports of endpoint '{reference}'", $"endpoint '{reference}'", PublicationValidator.Validate(publications));
        cancellation.ThrowIfCancellationRequested();
        var endpoint = References.Endpoint(State, reference);
        RemoteEndpoints.RequireLocal("publish ports of endpoint", endpoint);
        using var pass = await _gate.EnterAsync(endpoint.Spec.Id).ConfigureAwait(false);
        var write = await AddAsync(endpoint, publications).ConfigureAwait(false);
        var added = write.Result;
        var entered = new EnteredEndpoint(endpoint, [.. added.SelectMany(publication => publication.Numbers)]);
        await ApplyOrUndoAsync($"publish ports of endpoint '{endpoint.Spec.Name}'", new StoreWrite<EnteredEndpoint>(entered, write.OnDisk),
            (transaction, present) => Remove(transaction, present, added)).ConfigureAwait(false);
        return [.. added.Select(publication => publication.Publication)];
    }

    public async Task UnpublishAsync(string reference, IReadOnlyList<PortPublication> publications, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var endpoint = References.Endpoint(State, reference);
        using var pass = await _gate.EnterAsync(endpoint.Spec.Id).ConfigureAwait(false);
        var removed = await EnterAsync(transaction =>
        {
            var present = Present(transaction, endpoint);
            ImmutableArray<NumberedPublication> found = [.. publications.Select((publication, index) => Find(transaction.State, present, publication, index)).Distinct()];
            Remove(transaction, present, found);
            return found;
        }).ConfigureAwait(false);
        await ReleaseAsync($"unpublish ports of endpoint '{endpoint.Spec.Name}'", endpoint,
            [.. removed.Result.SelectMany(publication => publication.Numbers)], removed.OnDisk).ConfigureAwait(false);
    }

    private async Task<StoreWrite<ImmutableArray<NumberedPublication>>> AddAsync(Endpoint endpoint, IReadOnlyList<PortPublication> asked)
    {
        for (var attempt = 1; ; attempt++)
        {
            var resolved = _ports.Resolve(State, asked, "$", endpoint.Spec.Name!);
            try
            {
                return await EnterAsync(transaction => Add(transaction, Present(transaction, endpoint), resolved)).ConfigureAwait(false);
            }
            catch (FairwayException problem) when (LostRace(problem, asked, attempt))
            {
                // Somebody took a chosen port between the choice and the write.
            }
        }
    }

    private static ImmutableArray<NumberedPublication> Add(StoreTransaction transaction, Endpoint endpoint, ImmutableArray<PortPublication> publications)
    {
        var numbered = PublicationAdmission.Admit(transaction, endpoint, publications, "$");
        if (numbered.IsEmpty)
            return numbered;
        transaction.Put(endpoint with { Spec = endpoint.Spec with { Publications = endpoint.Spec.Publications.AddRange(publications) } }, ChangeKind.Modified);
        transaction.Put(endpoint.Spec.Id, numbered);
        return numbered;
    }

    private static void Remove(StoreTransaction transaction, Endpoint endpoint, ImmutableArray<NumberedPublication> publications)
    {
        if (publications.IsEmpty)
            return;
        var gone = publications.Select(publication => (publication.Publication.Protocol, publication.Publication.HostAddress, publication.Publication.HostPort)).ToHashSet();
        transaction.Put(
            endpoint with
            {
                Spec = endpoint.Spec with
                {
                    Publications = endpoint.Spec.Publications.RemoveAll(publication => gone.Contains((publication.Protocol, publication.HostAddress, publication.HostPort))),
                },
            },
            ChangeKind.Modified);
        foreach (var publication in publications)
            transaction.Delete(publication);
    }

    private static NumberedPublication Find(HostState state, Endpoint endpoint, PortPublication publication, int index)
    {
        if (state.Ports.Find(publication) is { } found && found.Endpoint == endpoint.Spec.Id)
            return found;
        throw Refusal.At($"$[{index}]", ErrorKind.NotFound, $"port {PublicationText.Format(publication)}",
            $"endpoint '{endpoint.Spec.Name}' does not publish {publication.HostAddress?.ToString() ?? "every address"} port {publication.HostPort}/{publication.Protocol.ToString().ToLowerInvariant()}; "
            + "list its ports for what it publishes", HcnErrorCode.PortNotFound);
    }
}
