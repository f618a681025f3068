using System.Diagnostics;
using System.Net;
using Fairway.Bench.DataPath;
using Fairway.Client;
using Fairway.Model.Attach;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Networks;
using Fairway.Model.Ports;

namespace Fairway.Bench.Hosts;

/// <summary>A host of its own with a daemon: a namespace, an uplink to a LAN, one NAT network.</summary>
internal sealed class FairwayHost : IDisposable
{
    public const string Network = "bench";
    public const string Instance = "fwb";
    public const string Name = Host;
    private const string Host = "fwb-host";
    private const string Lan = "fwb-lan";
    private static readonly string s_state = Path.Combine(Path.GetTempPath(), "fairway-bench");
    private static readonly string s_published = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../publish/fairwayd"));
    private readonly string _options;
    private Process? _daemon;

    /// <summary>Makes the host and starts its daemon.</summary>
    /// <param name="options">What the daemon is told besides.</param>
    public FairwayHost(string options = "")
    {
        _options = options;
        Dispose();
        Shell.Run($"ip netns add {Host} && ip netns add {Lan} && ip -n {Host} link set lo up && ip -n {Lan} link set lo up");
        Shell.Run($"ip -n {Host} link add up0 type veth peer name lan0 netns {Lan}");
        Shell.Run($"ip -n {Host} addr add {Address}/24 dev up0 && ip -n {Lan} addr add {LanAddress}/24 dev lan0");
        Shell.Run($"ip -n {Host} link set up0 up && ip -n {Lan} link set lan0 up");
        Start();
        Client.CreateNetworkAsync(new NetworkSpec { Name = Network }).GetAwaiter().GetResult();
    }

    public static string Address => "198.51.100.1";

    public static string LanAddress => "198.51.100.2";

    public static string LanPath => $"/run/netns/{Lan}";

    public FairwayClient Client { get; } = new(new FairwayClientOptions { SocketPath = Path.Combine(s_state, "fairway.sock") });

    /// <summary>The daemon as users get it, else as it was built: packets do not meet the difference.</summary>
    public static string Daemon { get; } = File.Exists(s_published) ? s_published : Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../Fairway.Daemon/release/fairwayd"));

    /// <summary>Starts the daemon; returns how long it took to answer.</summary>
    public TimeSpan Start()
    {
        Directory.CreateDirectory(s_state);
        long start = Stopwatch.GetTimestamp();
        _daemon = Shell.Start("sh", "-c", $"exec nsenter --net=/run/netns/{Host} {Command()} {_options} >{s_state}/log 2>&1");
        while (true)
        {
            try
            {
                Client.GetHealthAsync().GetAwaiter().GetResult();
                return Stopwatch.GetElapsedTime(start);
            }
            catch (FairwayException) when (!_daemon.HasExited && Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(60))
            {
                Thread.Sleep(5);
            }
        }
    }

    public void Kill()
    {
        _daemon!.Kill();
        _daemon.WaitForExit();
    }

    /// <summary>Resident memory of the daemon in MiB.</summary>
    public double Resident()
    {
        string line = File.ReadLines($"/proc/{_daemon!.Id}/status").First(text => text.StartsWith("VmRSS", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]) / 1024.0;
    }

    /// <summary>Attaches a namespace that exists.</summary>
    public async Task<AttachResult> AttachAsync(string name, params PortPublication[] publish) => await Client.AttachAsync(new AttachRequest
    {
        Network = Network,
        NetnsPath = $"/run/netns/{name}",
        Owner = new Owner("bench", name),
        Publish = [.. publish],
    });

    public Task DetachAsync(string name) => Client.DetachAsync(new DetachRequest(new Owner("bench", name)));

    /// <summary>Two endpoints, and the paths between them, out and in.</summary>
    public IReadOnlyList<Scenario> Scenarios()
    {
        Shell.Run("ip netns add fwb-c1 && ip netns add fwb-c2");
        AttachAsync("fwb-c1").GetAwaiter().GetResult();
        AttachResult server = AttachAsync("fwb-c2",
            new PortPublication { HostPort = Scenario.FirstPort, ContainerPort = Scenario.FirstPort, Count = Workers.WorkerPorts.Count },
            new PortPublication { HostPort = Scenario.FirstPort + 2, ContainerPort = Scenario.FirstPort + 2, Protocol = TransportProtocol.Udp }).GetAwaiter().GetResult();
        IPAddress address = server.Addresses.Select(item => item.Address).First(item => item.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork);
        return
        [
            new Scenario("fairway", "/run/netns/fwb-c1", "/run/netns/fwb-c2", address),
            new Scenario("fairway out", "/run/netns/fwb-c1", LanPath, IPAddress.Parse(LanAddress)),
            new Scenario("fairway in", LanPath, "/run/netns/fwb-c2", IPAddress.Parse(Address)),
        ];
    }

    public void Dispose()
    {
        if (_daemon is { HasExited: false })
        {
            _daemon.Kill();
            _daemon.WaitForExit();
        }
        if (File.Exists($"/run/netns/{Host}"))
            Shell.Run($"nsenter --net=/run/netns/{Host} {Command()} --uninstall", mayFail: true);
        Shell.Run("for n in $(ls /run/netns 2>/dev/null | grep '^fwb-' | grep -v '^fwb-v[ab]$' | grep -v '^fwb-d'); do ip netns del $n; done", mayFail: true);
        if (Directory.Exists(s_state))
            Directory.Delete(s_state, recursive: true);
    }

    private static string Command() => $"{Daemon} --instance {Instance} --socket {s_state}/fairway.sock --state {s_state}/state";
}
