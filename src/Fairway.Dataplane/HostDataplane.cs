using Fairway.Dataplane.Endpoints;
using Fairway.Dataplane.Host;
using Fairway.Dataplane.Leases;
using Fairway.Dataplane.Links;
using Fairway.Dataplane.LoadBalancers;
using Fairway.Dataplane.Marks;
using Fairway.Dataplane.Namespaces;
using Fairway.Dataplane.Networks;
using Fairway.Dataplane.Policies;
using Fairway.Dataplane.Publications;
using Fairway.Dataplane.Reports;
using Fairway.Dataplane.Sidecars;
using Fairway.Dataplane.Switch;
using Fairway.Dataplane.Tunnels;
using Fairway.Dataplane.Uplinks;
using Fairway.Dataplane.Watching;
using Fairway.Dataplane.Ways;
using Fairway.Engine.Drivers;
using Fairway.Linux;
using Fairway.Linux.Namespaces;
using Fairway.Model.Errors;

namespace Fairway.Dataplane;

/// <summary>
/// The drivers of one host and instance, and the switch they share. Disposing of it leaves everything in the kernel as it is: the switch
/// goes on forwarding.
/// </summary>
public sealed class HostDataplane : IAsyncDisposable
{
    private readonly HostNetlink _host;
    private readonly VirtualSwitch _switch;
    private readonly LinkReaper _reaper;
    private readonly HostProbe _probe;
    private readonly SwitchEvents _events;
    private readonly KernelWatcher _watcher;
    private readonly ResolverSpace _resolvers;
    private readonly PolicyDriver _policies;
    private bool _disposed;

    private HostDataplane(Instance instance, HostNetlink host, VirtualSwitch virtualSwitch, DataplaneOptions options, ISettingRecord settings)
    {
        _host = host;
        _switch = virtualSwitch;
        _reaper = new LinkReaper(host, instance, options);
        _probe = new HostProbe(host, instance);
        _events = new SwitchEvents(virtualSwitch, options.Time);
        _watcher = new KernelWatcher(host, instance, virtualSwitch, options);
        _resolvers = new ResolverSpace(instance);
        var stations = new StationTable(host, virtualSwitch.Maps);
        var segments = new SegmentTable(host, virtualSwitch, stations, settings);
        var ports = new PortTable(virtualSwitch.Maps, stations);
        var published = new PublishedPortCounts(ports);
        var networks = new NetworkTable(virtualSwitch.Maps);
        _policies = new PolicyDriver(virtualSwitch, ports, networks);
        Drivers = new HostDrivers(
            new NetworkDriver(host, instance, virtualSwitch, networks, ports, _reaper, _resolvers, segments),
            new EndpointDriver(host, instance, virtualSwitch, ports, _reaper),
            new PublicationDriver(virtualSwitch, published),
            _policies,
            new LoadBalancerDriver(virtualSwitch, published),
            new RemoteDriver(virtualSwitch.Maps),
            new WayDriver(virtualSwitch, ports, options),
            new SidecarDriver(virtualSwitch),
            new UplinkDriver(host, instance, virtualSwitch, segments),
            new NamespaceDriver(instance),
            _probe,
            _watcher);
        Statistics = new SwitchStatistics(virtualSwitch.Maps);
        Leases = new LeaseServer(host, options.Report);
    }

    /// <summary>Everything through which the engine reaches this host.</summary>
    public HostDrivers Drivers { get; }

    /// <summary>What the switch reports.</summary>
    public ISwitchEvents Events => _events;

    /// <summary>What the switch counts.</summary>
    public ISwitchStatistics Statistics { get; }

    /// <summary>What tells virtual machines their addresses.</summary>
    public LeaseServer Leases { get; }

    internal VirtualSwitch Switch => _switch;

    /// <summary>Loads the switch and takes over what an earlier daemon left: filters get the new programs, unfinished links go.</summary>
    /// <param name="options">How.</param>
    /// <param name="settings">Remembers settings of the host that are changed.</param>
    /// <exception cref="FairwayException">The host cannot do it; the message says why and what helps.</exception>
    public static HostDataplane Open(DataplaneOptions options, ISettingRecord settings)
    {
        var instance = new Instance(options.Instance);
        HostNetlink host = HostNetlink.Open(options.Host);
        VirtualSwitch? loaded = null;
        try
        {
            new HostSettings(host, settings).Reserve(options.TranslationPorts, new PinDirectory(options.BpfFileSystem, instance).ConfiguredPorts());
            loaded = VirtualSwitch.Load(options, instance);
            loaded.Configure(host.Cookie, options);
            new FilterRenewal(host, instance, loaded).Run();
            var dataplane = new HostDataplane(instance, host, loaded, options, settings);
            dataplane.LeaveFormerLayout();
            return dataplane;
        }
        catch (Exception e)
        {
            loaded?.Dispose();
            host.Dispose();
            if (e is LinuxException)
                throw new FairwayException(ErrorKind.Unsupported, "the host", $"start the data plane: {e.Message}", inner: e);
            throw;
        }
    }

    /// <summary>The namespace the networks' resolvers answer in, made when it is not there. The caller disposes of it.</summary>
    public NetworkNamespace OpenResolverNamespace() => _resolvers.Open();

    /// <summary>
    /// The interface of a network in the resolvers' namespace. It carries the network's gateway addresses; sockets must be bound to it, for
    /// networks may overlap. It is there once the network has been applied, unless the network has no gateways.
    /// </summary>
    /// <param name="network">Number of the network.</param>
    public static string ResolverInterface(uint network) => ResolverPorts.InterfaceOf(network);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        await Leases.DisposeAsync();
        await _watcher.DisposeAsync();
        await _events.DisposeAsync();
        await _reaper.DisposeAsync();
        _probe.Dispose();
        _policies.Dispose();
        _switch.Dispose();
        _host.Dispose();
    }

    /// <summary>After the last filter of another layout was exchanged, those of the host's devices included.</summary>
    private void LeaveFormerLayout()
    {
        if (_switch.Former is not { } former)
            return;
        Drivers.Uplinks.Synchronize();
        former.Copy();
        former.Delete();
    }
}
