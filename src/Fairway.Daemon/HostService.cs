using System.Reflection;
using Fairway.Api;
using Fairway.Api.Access;
using Fairway.Api.Containerd;
using Fairway.Api.Docker;
using Fairway.Daemon.Arguments;
using Fairway.Daemon.Engines;
using Fairway.Daemon.Leasing;
using Fairway.Daemon.Listening;
using Fairway.Daemon.Logging;
using Fairway.Daemon.Resolving;
using Fairway.Daemon.Startup;
using Fairway.Dataplane;
using Fairway.Dns;
using Fairway.Engine;
using Fairway.Engine.Operations;

namespace Fairway.Daemon;

/// <summary>
/// The daemon at work. Parts start in this order and end in the opposite one; whatever fails on the way, what was started before it is
/// closed again and the kernel goes on as it was.
/// </summary>
internal sealed class HostService(DaemonOptions options, ILoggerFactory logging, TimeProvider clock)
{
    /// <summary>Its members may use the API. It is the same for every instance: there is one right on a host, not one per daemon.</summary>
    private const string AccessGroup = "fairway";

    private static readonly TimeSpan s_finishRequests = TimeSpan.FromSeconds(10);

    private readonly ILogger _logger = logging.CreateLogger<HostService>();

    public static string Version { get; } = typeof(HostService).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Runs until a signal asks for the end.</summary>
    public async Task RunAsync()
    {
        var started = clock.GetUtcNow();
        using var signals = new StopSignals();
        HostRequirements.Check();
        await RuntimeThreads.WarmAsync();

        await using var engine = HostEngine.Open(new EngineOptions { Instance = options.Instance, StateDirectory = options.StateDirectory }, clock, EngineLog.To(logging));
        var group = GroupFile.Find(AccessGroup);
        using var remote = Certificates.Read(options);
        using var socket = ApiSocket.Listen(options.SocketPath, group);
        await using var dataplane = HostDataplane.Open(new DataplaneOptions { Instance = options.Instance, Time = clock }, engine.Settings);
        var resolver = new Resolver(new ResolverOptions { Upstreams = new ResolvConfFile("/etc/resolv.conf", clock), Time = clock, Log = ResolverLog, AnswerFrom = ResolverSockets.AnswerFrom });
        await using var names = new NameService(resolver, new ResolverSockets(dataplane), logging.CreateLogger<NameService>());
        await engine.StartAsync(dataplane.Drivers with
        {
            Networks = new ServedNetworkDriver(dataplane.Drivers.Networks, names),
            Endpoints = new LeasedEndpointDriver(new NamedEndpointDriver(dataplane.Drivers.Endpoints, names), dataplane.Leases),
        });
        try
        {
            names.Start(engine.Networking);
            dataplane.Leases.Start(engine.Networking.FindAttachment);
            var access = new PeerAccess(AccessGroup, group);
            await using var api = ApiServer.Build(new ApiParts
            {
                Host = engine.Networking,
                Events = dataplane.Events,
                Statistics = dataplane.Statistics,
                Listener = socket,
                Identify = ApiSocket.Identify,
                Access = access,
                Remote = remote,
                Daemon = new DaemonDescription(Version, options.Instance, started, OwnNamespace()),
                Metrics = [new ResolverMetrics(resolver, engine.Networking)],
                Logging = logging,
                Clock = clock,
            });
            await using var docker = await new DockerPlugin(options, logging, clock).StartAsync(engine.Networking, access);
            await using var containerd = new ContainerdFollower(engine.Networking, options.ContainerdSocket, clock, logging.CreateLogger<ContainerdFollower>());
            containerd.Start();
            await ServeAsync(api, docker, engine.Networking, signals, started);
        }
        finally
        {
            // The drivers are closed before the engine's store is: nothing may call them by then.
            await engine.StopAsync();
        }
    }

    private async Task ServeAsync(ApiServer api, DockerServer? docker, IHostNetworking host, StopSignals signals, DateTimeOffset started)
    {
        await api.StartAsync(CancellationToken.None);
        ReadinessNotice.Ready();
        _logger.LogInformation("fairwayd {Version} serves instance '{Instance}' on '{Socket}': {Networks} networks, {Endpoints} endpoints, ready after {Milliseconds:0} ms",
            Version, options.Instance, options.SocketPath, host.Networks.Count, host.Endpoints.Count, (clock.GetUtcNow() - started).TotalMilliseconds);

        _logger.LogInformation("{Signal}: stopping; the networks go on without a daemon", await signals.First);
        ReadinessNotice.Stopping();
        using var patience = new CancellationTokenSource(s_finishRequests, clock);
        await Task.WhenAll(api.StopAsync(patience.Token), docker?.StopAsync(patience.Token) ?? Task.CompletedTask);
    }

    /// <summary>As <c>readlink /proc/self/ns/net</c> names it.</summary>
    private static string OwnNamespace() => new FileInfo("/proc/self/ns/net").LinkTarget!;

    private void ResolverLog(string sentence) => _logger.LogInformation("{Sentence}", sentence);
}
