using Fairway.Engine.Diagnostics;
using Fairway.Engine.Operations;
using Fairway.Engine.State;
using Fairway.Engine.Store;

namespace Fairway.Engine.Reconciler;

/// <summary>
/// Deletes transient networks when their last endpoint has gone. Nobody waits for it, but whoever wants an endpoint in such a network
/// meanwhile waits at its gate, and then finds it gone.
/// </summary>
internal sealed class IdleNetworks(HostStore store, NetworkApplier networks, RetrySchedule retries, KeyedGate<Guid> gate, Action<EngineMessage> tell)
{
    /// <summary>Begins to delete a network if an endpoint that went was the last one of a transient one.</summary>
    public void Left(Guid network)
    {
        if (IsIdle(store.Current, network))
            _ = DeleteAsync(network);
    }

    /// <summary>Deletes all there are. At start, when nobody else is at work.</summary>
    public Task DeleteAsync() => Task.WhenAll(store.Current.Networks.Keys.Where(id => IsIdle(store.Current, id)).ToList().Select(DeleteAsync));

    private async Task DeleteAsync(Guid id)
    {
        try
        {
            using var pass = await gate.EnterAsync(id).ConfigureAwait(false);
            // Somebody may have been at the gate before.
            var deleted = await store.WriteAsync(transaction =>
            {
                var idle = IsIdle(transaction.State, id);
                if (idle)
                    transaction.Delete(transaction.State.Network(id));
                return idle;
            }).ConfigureAwait(false);
            if (deleted)
                await networks.ConvergeAsync(id).ConfigureAwait(false);
        }
        catch (Exception problem)
        {
            retries.Add(RetryKey.Network(id));
            tell(new EngineMessage(Severity.Warning, $"delete network '{id:D}', which nothing is attached to any more: {problem.Message}; tried again later", problem));
        }
    }

    private static bool IsIdle(HostState state, Guid id) =>
        state.Networks.TryGetValue(id, out var scope) && scope is { Network.Spec.Transient: true, Endpoints.IsEmpty: true };
}
