using Fairway.Engine.Diagnostics;
using Fairway.Engine.Drivers;
using Fairway.Engine.Operations;
using Fairway.Engine.Plan;
using Fairway.Engine.Planner;
using Fairway.Engine.Reconciler;
using Fairway.Engine.Store;
using Fairway.Model.Errors;

namespace Fairway.Engine;

/// <summary>
/// The engine of one host: opens the store, brings the kernel to it, serves operations, and keeps both together. Drivers are given at
/// start, because they record host settings in the store that is opened first; they belong to the caller.
/// </summary>
public sealed class HostEngine : IAsyncDisposable
{
    private readonly EngineOptions _options;
    private readonly HostStore _store;
    private readonly TimeProvider _time;
    private readonly Action<EngineMessage> _tell;
    private readonly CancellationTokenSource _stop = new();
    private DriverLanes? _lanes;
    private HostNetworking? _networking;
    private Task _loop = Task.CompletedTask;

    private HostEngine(EngineOptions options, HostStore store, TimeProvider time, Action<EngineMessage> tell)
    {
        _options = options;
        _store = store;
        _time = time;
        _tell = tell;
    }

    /// <summary>For tests, which compare it with the plan of the whole state.</summary>
    internal PlanFollower? Plans { get; private set; }

    /// <summary>For tests, which look into the state.</summary>
    internal HostStore Store => _store;

    /// <summary>Where drivers note host settings before they change them.</summary>
    public ISettingRecord Settings => _store.Settings;

    /// <summary>The operations, once started.</summary>
    /// <exception cref="FairwayException">Unavailable: not started yet.</exception>
    public IHostNetworking Networking => _networking ?? throw new FairwayException(ErrorKind.Unavailable, _options.Instance, $"instance '{_options.Instance}' is starting; ask again");

    /// <summary>Opens the store and keeps other daemons out of it. Nothing in the kernel is looked at yet.</summary>
    /// <param name="options">How to run.</param>
    /// <param name="time">The clock.</param>
    /// <param name="tell">Called with what is worth logging, from any thread; it must not throw.</param>
    /// <exception cref="FairwayException">
    /// Unavailable: another daemon has the state directory. Unsupported: a newer release wrote the store. Conflict: it is another
    /// instance's. Internal: it is damaged.
    /// </exception>
    public static HostEngine Open(EngineOptions options, TimeProvider time, Action<EngineMessage> tell)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(tell);
        return new HostEngine(options, HostStore.Open(options.StateDirectory, options.Instance, time, tell), time, tell);
    }

    /// <summary>Brings the kernel to the store, applying only what differs, and begins to serve.</summary>
    /// <param name="drivers">How the kernel is reached.</param>
    /// <returns>Completes when the host is as the store says, or what does not work is told and will be tried again.</returns>
    public async Task StartAsync(HostDrivers drivers)
    {
        ArgumentNullException.ThrowIfNull(drivers);
        var parts = Assemble(drivers);
        var reconciler = new HostReconciler(parts);
        await reconciler.StartAsync().ConfigureAwait(false);
        _networking = new HostNetworking(parts);
        _loop = new ReconcileLoop(parts, reconciler).RunAsync(_stop.Token);
    }

    /// <summary>Writes a consistent copy of the store while it is in use.</summary>
    /// <param name="path">A file that does not exist yet.</param>
    /// <exception cref="FairwayException">AlreadyExists, or Unavailable: the file cannot be written.</exception>
    public void Backup(string path) => _store.Backup(path);

    /// <summary>Stops serving: when this completes, no driver is called any more and the caller may close them. Everything in the kernel stays as it is, and forwards.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _lanes?.Dispose();
        _lanes = null;
    }

    /// <summary>Stops serving and closes the store.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _store.Dispose();
        _stop.Dispose();
    }

    private EngineParts Assemble(HostDrivers drivers)
    {
        var names = new LinkNames(_options.Instance);
        var plans = new PlanFollower(new HostPlanner(names), _store.Current);
        _store.Entered = plans.Follow;
        _store.Abandoned = plans.Return;
        Plans = plans;
        _lanes = new DriverLanes(_options.Lanes);
        var publications = new PublicationApplier(drivers.Publications, plans);
        var policies = new PolicyApplier(drivers.Policies, plans);
        var balancers = new LoadBalancerApplier(drivers.LoadBalancers, plans);
        var remotes = new OwnerApplier<RemotePlan>(drivers.Remotes, plans, plan => plan.Remotes);
        var ways = new OwnerApplier<WayPlan>(drivers.Ways, plans, plan => plan.Ways);
        var sidecars = new OwnerApplier<SidecarPlan>(drivers.Sidecars, plans, plan => plan.Sidecars);
        var networks = new NetworkApplier(drivers.Networks, policies, remotes, _lanes, plans);
        var retries = new RetrySchedule(_time, _options.FirstRetry, _options.LastRetry);
        var gate = new KeyedGate<Guid>();
        return new EngineParts(_options, names, _store, drivers, networks,
            new EndpointApplier(drivers.Endpoints, publications, policies, balancers, remotes, ways, sidecars, _lanes, plans),
            publications, policies, balancers, remotes, ways, sidecars, retries, new StatusWriter(_store, _tell), gate,
            new IdleNetworks(_store, networks, retries, gate, _tell), new RepairJournal(_time),
            _time, _tell);
    }
}
