using Fairway.Engine.Diagnostics;
using Fairway.Engine.Reconciler;
using Fairway.Engine.State;
using Fairway.Engine.Store;
using Fairway.Model.Changes;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Health;
using Fairway.Model.Namespaces;
using Fairway.Model.Networks;

namespace Fairway.Engine.Operations;

/// <summary>
/// The operations. Each looks at the host first (paths, ports, routes), then makes its write, then waits until the disk and the kernel have it;
/// both work at the same time. When the kernel refuses, the write is undone by another one; when the disk refuses, the kernel is brought back.
/// A daemon that dies in between finds the kernel ahead of its store and brings it back at the next start: nobody was answered.
/// A caller that goes away does not stop an operation half-way.
/// </summary>
internal sealed partial class HostNetworking : IHostNetworking
{
    private readonly EngineParts _parts;
    private readonly HostPorts _ports;
    private readonly EndpointAdmission _admission;
    private readonly KeyedGate<Guid> _gate;
    private readonly KeyedGate<(OwnerKey Owner, string InterfaceName)> _owners = new();
    private volatile Listing _listing;

    public HostNetworking(EngineParts parts)
    {
        _parts = parts;
        _gate = parts.Gate;
        _ports = new HostPorts(parts.Drivers.Probe, parts.Options.FirstFreePort, parts.Options.LastFreePort);
        _admission = new EndpointAdmission(new AddressAllocator(parts.Options.Quarantine), parts.Drivers.Probe.BootId);
        _listing = new Listing(parts.Store.Current);
    }

    public long Revision => State.Revision;

    public IReadOnlyList<Network> Networks => Lists.Networks;

    public IReadOnlyList<Endpoint> Endpoints => Lists.Endpoints;

    public IReadOnlyList<NetworkNamespace> Namespaces => Lists.Namespaces;

    public IReadOnlyList<Repair> Repairs => _parts.Repairs.Recent();

    private HostState State => _parts.Store.Current;

    private Listing Lists
    {
        get
        {
            var (state, listing) = (State, _listing);
            return ReferenceEquals(listing.State, state) ? listing : _listing = new Listing(state);
        }
    }

    public Network GetNetwork(string reference) => References.Network(State, reference);

    public Endpoint? FindEndpoint(Guid id) => State.Endpoints.GetValueOrDefault(id);

    public Endpoint GetEndpoint(string reference) => References.Endpoint(State, reference);

    public NetworkNamespace GetNamespace(string reference) => References.Namespace(State, reference);

    public IAsyncEnumerable<Change> WatchAsync(long afterRevision, CancellationToken cancellation) =>
        _parts.Store.Changes.ReadAsync(afterRevision, cancellation);

    private ValueTask<StoreWrite<T>> EnterAsync<T>(Func<StoreTransaction, T> change) => _parts.Store.EnterAsync(change);

    private Task<T> WriteAsync<T>(Func<StoreTransaction, T> change) => _parts.Store.WriteAsync(change);

    /// <summary>Waits until kernel and disk have an endpoint's new state; when the kernel refuses, takes the write back and throws what it said.</summary>
    private async Task ApplyOrUndoAsync(string operation, StoreWrite<EnteredEndpoint> write, Action<StoreTransaction, Endpoint> undo)
    {
        var (endpoint, publications) = write.Result;
        var id = endpoint.Spec.Id;
        var applied = _parts.Endpoints.ConvergeAsync(id, publications);
        await OnDiskAsync(write.OnDisk, id, publications, applied).ConfigureAwait(false);
        try
        {
            await applied.ConfigureAwait(false);
        }
        catch (Exception problem)
        {
            await UndoAsync(id, publications, undo).ConfigureAwait(false);
            _parts.Idle.Left(endpoint.Spec.NetworkId);
            throw Refusal.Explain(operation, $"endpoint '{endpoint.Spec.Name}'", problem);
        }
    }

    /// <summary>Waits for the disk. A write it refused is out of the plan again, and what the kernel has of it must go.</summary>
    private async Task OnDiskAsync(Task onDisk, Guid id, IReadOnlyCollection<uint> publications, Task applied)
    {
        try
        {
            await onDisk.ConfigureAwait(false);
        }
        catch (FairwayException)
        {
            // Whatever came of it, it is undone.
            await applied.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await TakeBackAsync(id, publications).ConfigureAwait(false);
            throw;
        }
    }

    private async Task UndoAsync(Guid id, IReadOnlyCollection<uint> publications, Action<StoreTransaction, Endpoint> undo)
    {
        try
        {
            await WriteAsync(transaction =>
            {
                if (transaction.State.Endpoints.TryGetValue(id, out var present))
                    undo(transaction, present);
                return true;
            }).ConfigureAwait(false);
        }
        catch (FairwayException problem)
        {
            Postpone(id, publications, problem);
            return;
        }
        await TakeBackAsync(id, publications).ConfigureAwait(false);
    }

    /// <summary>Brings the kernel to a plan that lost something, now or later.</summary>
    private async Task TakeBackAsync(Guid id, IReadOnlyCollection<uint> publications)
    {
        try
        {
            await _parts.Endpoints.ConvergeAsync(id, publications).ConfigureAwait(false);
        }
        catch (Exception problem)
        {
            Postpone(id, publications, problem);
        }
    }

    private void Postpone(Guid id, IReadOnlyCollection<uint> publications, Exception problem)
    {
        _parts.Retries.Add(RetryKey.Endpoint(id), publications);
        _parts.Tell(new EngineMessage(Severity.Warning, $"take back endpoint '{id:D}': {problem.Message}; tried again later", problem));
    }

    /// <summary>
    /// Waits until the kernel has let go of something, and the disk knows. The write stands whatever the kernel says; it is asked again later.
    /// </summary>
    private async Task ReleaseAsync(string operation, Endpoint endpoint, IReadOnlyCollection<uint> publications, Task onDisk)
    {
        var id = endpoint.Spec.Id;
        var released = _parts.Endpoints.ConvergeAsync(id, publications);
        await OnDiskAsync(onDisk, id, publications, released).ConfigureAwait(false);
        try
        {
            await released.ConfigureAwait(false);
        }
        catch (Exception problem)
        {
            _parts.Retries.Add(RetryKey.Endpoint(id), publications);
            throw Refusal.Explain($"{operation} (it is tried again later)", $"endpoint '{endpoint.Spec.Name}'", problem);
        }
    }

    private static Endpoint Present(StoreTransaction transaction, Endpoint endpoint) =>
        transaction.State.Endpoints.TryGetValue(endpoint.Spec.Id, out var present)
            ? present
            : throw new FairwayException(ErrorKind.NotFound, $"endpoint '{endpoint.Spec.Name}'",
                $"endpoint '{endpoint.Spec.Name}' has just been deleted; create it again", HcnErrorCode.EndpointNotFound);
}
