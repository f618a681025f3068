using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Fairway.Client;
using Fairway.Linux.Namespaces;

namespace Fairway.EndToEnd.Tests.Fixtures;

/// <summary>
/// A machine of its own for one test class: a namespace that is the host, with a daemon that owns it, and a LAN beside it whose one
/// other member knows no route to the containers. What a killed run left goes when the next one starts.
/// </summary>
public sealed class Machine : IAsyncLifetime
{
    private const string Prefix = "fwe";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static int s_next;
    private readonly string _work;
    private readonly Dictionary<string, Place> _places = [];
    private readonly ConcurrentQueue<string> _log = new();
    private TaskCompletionSource _ready = new();
    private Process? _daemon;

    public Machine()
    {
        Instance = $"{Prefix}{Environment.ProcessId}x{Interlocked.Increment(ref s_next)}";
        _work = Directory.CreateTempSubdirectory($"{Instance}-").FullName;
        Client = new FairwayClient(new FairwayClientOptions { SocketPath = SocketPath });
    }

    /// <summary>What the daemon is told besides.</summary>
    public IReadOnlyList<string> DaemonOptions { get; init; } = [];

    /// <summary>The daemon that is started: an upgrade is another one.</summary>
    public string Program { get; set; } = Programs.Fairwayd;

    /// <summary>What stands in the daemon's environment besides.</summary>
    public IReadOnlyDictionary<string, string> DaemonEnvironment { get; init; } = new Dictionary<string, string>();

    public const string HostAddress4 = "198.51.100.1";
    public const string HostAddress6 = "2001:db8:51::1";
    public const string LanAddress4 = "198.51.100.2";
    public const string LanAddress6 = "2001:db8:51::2";

    public string Instance { get; }

    /// <summary>Where <c>--instance</c> alone puts it.</summary>
    public string SocketPath => $"/run/{Instance}/fairway.sock";

    public FairwayClient Client { get; }

    /// <summary>Everything the daemon has written to its log.</summary>
    public string Log => string.Join('\n', _log);

    internal Place Host => PlaceOf($"/run/netns/{Instance}.host");

    internal Place Lan => PlaceOf($"/run/netns/{Instance}.lan");

    public int DaemonPid => _daemon!.Id;

    public bool IsRunning => _daemon is { HasExited: false };

    /// <summary>Where the daemon keeps its store.</summary>
    public string StateDirectory => Path.Combine(_work, "state");

    public async ValueTask InitializeAsync()
    {
        await RemoveAbandonedAsync();
        await ShellAsync($"""
            ip netns add {Instance}.host && ip netns add {Instance}.lan
            ip -n {Instance}.host link set lo up && ip -n {Instance}.lan link set lo up
            ip -n {Instance}.host link add up0 type veth peer name lan0 netns {Instance}.lan
            nsenter --net=/run/netns/{Instance}.host sysctl -qw net.ipv6.conf.up0.accept_dad=0
            nsenter --net=/run/netns/{Instance}.lan sysctl -qw net.ipv6.conf.lan0.accept_dad=0
            ip -n {Instance}.host addr add {HostAddress4}/24 dev up0
            ip -n {Instance}.host addr add {HostAddress6}/64 dev up0 nodad
            ip -n {Instance}.host link set up0 up
            ip -n {Instance}.lan addr add {LanAddress4}/24 dev lan0
            ip -n {Instance}.lan addr add {LanAddress6}/64 dev lan0 nodad
            ip -n {Instance}.lan link set lan0 up
            """);
        await StartDaemonAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Place place in _places.Values)
            place.Dispose();
        if (_daemon is { HasExited: false })
            await StopDaemonAsync();
        CommandResult uninstall = await DaemonCommandAsync("--uninstall");
        Client.Dispose();
        await ShellAsync($"for n in $(ls /run/netns | grep '^{Instance}'); do ip netns del $n; done");
        string[] left = [.. new[] { $"/sys/fs/bpf/{Instance}", $"/run/{Instance}" }.Where(Directory.Exists)];
        Directory.Delete(_work, recursive: true);
        Assert.True(uninstall.ExitCode == 0, $"fairwayd --uninstall: {uninstall.Errors}");
        Assert.Empty(left);
    }

    /// <summary>A command as a user types it: <c>network create web</c>.</summary>
    internal Task<CommandResult> FairwayAsync(params string[] arguments)
        => Programs.RunAsync(Programs.Inside(Host.Path, [Programs.Fairway, "--socket", SocketPath, .. arguments]));

    /// <summary>A command that must succeed; returns what it printed.</summary>
    internal async Task<string> DoAsync(string arguments) => (await FairwayAsync(arguments.Split(' '))).Expect();

    /// <summary>Makes a compartment with one endpoint of the same name; <paramref name="options"/> go to <c>endpoint create</c>.</summary>
    internal async Task<Place> AddAsync(string name, string network, string options = "")
    {
        await DoAsync($"namespace create {name}");
        await DoAsync($"endpoint create {name} --network {network} --namespace {name} {options}".TrimEnd());
        return await CompartmentAsync(name);
    }

    internal async Task<Place> CompartmentAsync(string name) => PlaceOf((await Client.GetNamespaceAsync(name)).Spec.Path!);

    internal async Task RemoveAsync(string name)
    {
        await DoAsync($"endpoint delete {name}");
        await ForgetAsync(name);
        await DoAsync($"namespace delete {name}");
    }

    /// <summary>The address of an endpoint in one family.</summary>
    internal async Task<string> AddressAsync(string endpoint, int version)
        => (await Client.GetEndpointAsync(endpoint)).Addresses
            .Select(address => address.Address)
            .First(address => address.AddressFamily == (version == 4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6))
            .ToString();

    internal async Task<string> GatewayAsync(string network, int version)
        => (await Client.GetNetworkAsync(network)).Spec.Subnets
            .Select(subnet => subnet.Gateway!)
            .First(address => address.AddressFamily == (version == 4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6))
            .ToString();

    public async Task StartDaemonAsync()
    {
        _ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _daemon = Programs.Start(Programs.Inside(Host.Path, DaemonWords()), DaemonEnvironment);
        _daemon.OutputDataReceived += (_, line) => Keep(line.Data);
        _daemon.ErrorDataReceived += (_, line) => Keep(line.Data);
        _daemon.BeginOutputReadLine();
        _daemon.BeginErrorReadLine();
        Task ended = _daemon.WaitForExitAsync();
        if (await Task.WhenAny(_ready.Task, ended, Task.Delay(s_patience)) != _ready.Task)
            throw new InvalidOperationException($"fairwayd is not ready (ended: {_daemon.HasExited}):\n{Log}");
    }

    public async Task StopDaemonAsync()
    {
        await Programs.RunAsync(["kill", "-TERM", DaemonPid.ToString(CultureInfo.InvariantCulture)]);
        using var patience = new CancellationTokenSource(s_patience);
        await _daemon!.WaitForExitAsync(patience.Token);
    }

    /// <summary>The end without a farewell.</summary>
    public async Task KillDaemonAsync()
    {
        _daemon!.Kill();
        await _daemon.WaitForExitAsync();
    }

    /// <summary>Waits for an end that came by itself.</summary>
    public async Task DaemonEndAsync()
    {
        using var patience = new CancellationTokenSource(s_patience);
        await _daemon!.WaitForExitAsync(patience.Token);
    }

    internal Task<CommandResult> DaemonCommandAsync(params string[] arguments)
        => Programs.RunAsync(Programs.Inside(Host.Path, DaemonWords(arguments)));

    private string[] DaemonWords(params string[] arguments)
        => [Program, "--instance", Instance, "--state", StateDirectory, .. DaemonOptions, .. arguments];

    private async Task ForgetAsync(string name)
    {
        if (_places.Remove((await Client.GetNamespaceAsync(name)).Spec.Path!, out Place? place))
            place.Dispose();
    }

    private Place PlaceOf(string path)
    {
        if (!_places.TryGetValue(path, out Place? place))
            _places.Add(path, place = new Place(path));
        return place;
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        _log.Enqueue(line);
        if (line.Contains("ready after", StringComparison.Ordinal))
            _ready.TrySetResult();
    }

    private static async Task ShellAsync(string script) => (await Programs.RunAsync(["sh", "-ec", script])).Expect();

    private static async Task RemoveAbandonedAsync()
    {
        foreach (string name in NetworkNamespace.ListNamed().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            string pid = name[Prefix.Length..].Split('x')[0];
            if (int.TryParse(pid, out _) && !Directory.Exists($"/proc/{pid}"))
                // Another class may be at it too.
                await ShellAsync($"ip netns del {name} 2>/dev/null || true; rm -rf /sys/fs/bpf/{name.Split('.')[0].Split('-')[0]} /run/{name.Split('.')[0].Split('-')[0]}");
        }
    }
}
