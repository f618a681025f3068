using Fairway.Engines.Tests.Fixtures;

namespace Fairway.Engines.Tests.Podman;

/// <summary>
/// Debian's Podman on a machine of its own: own storage, state and configuration, in the machine's host namespace, with Fairway's netavark found first.
/// Network names carry the machine's, because Podman keeps the addresses of all its roots in one file.
/// </summary>
public sealed class PodmanHost : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fairway-podman-").FullName;
    private readonly Dictionary<string, string> _environment;

    private readonly string _backend;
    private readonly bool _ownsMachine;

    public PodmanHost()
        : this(new Machine()) => _ownsMachine = true;

    /// <summary>On a machine that is others' too, or with Podman's older backend, which calls CNI's plugins.</summary>
    internal PodmanHost(Machine machine, bool cni = false)
    {
        Machine = machine;
        _backend = cni ? "cni" : "netavark";
        _environment = new() { ["CONTAINERS_CONF"] = Path.Combine(_folder, "containers.conf") };
    }

    public Machine Machine { get; }

    /// <summary>Where Podman keeps its networks.</summary>
    public string NetworkDirectory => Path.Combine(_folder, "networks");

    /// <summary>The image: busybox, and nothing to run by itself.</summary>
    public const string Image = "localhost/busybox";

    /// <summary>A network's name as this machine alone has it.</summary>
    public string Named(string network) => $"{network}-{Machine.Instance}";

    public async ValueTask InitializeAsync()
    {
        if (_ownsMachine)
            await Machine.InitializeAsync();
        Directory.CreateDirectory(Path.Combine(_folder, "helpers"));
        Directory.CreateDirectory(NetworkDirectory);
        File.CreateSymbolicLink(Path.Combine(_folder, "helpers/netavark"), Programs.Product("Fairway.Netavark", "fairway-netavark"));
        File.CreateSymbolicLink(Path.Combine(_folder, "helpers/aardvark-dns"), Programs.Product("Fairway.Netavark", "fairway-netavark"));
        File.CreateSymbolicLink(Path.Combine(_folder, "helpers/fairway-cni"), Programs.FairwayCni);
        // The limits, cgroup manager and log are what a virtual machine without systemd needs; the rest is what `fairway podman install` writes.
        await File.WriteAllTextAsync(_environment["CONTAINERS_CONF"], $"""
            [network]
            network_backend = "{_backend}"
            cni_plugin_dirs = ["{_folder}/helpers"]
            network_config_dir = "{NetworkDirectory}"
            [containers]
            default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
            [engine]
            cgroup_manager = "cgroupfs"
            events_logger = "file"
            runtime = "runc"
            helper_binaries_dir = ["{_folder}/helpers", "/usr/lib/podman"]
            enable_port_reservation = false
            env = ["FAIRWAY_SOCKET={Machine.SocketPath}"]
            """);
        await DoAsync("import", await BusyboxRoot.TarAsync(), Image);
    }

    public async ValueTask DisposeAsync()
    {
        await PodmanAsync("pod", "rm", "--force", "--all", "--time", "0");
        await PodmanAsync("rm", "--force", "--all", "--time", "0");
        foreach (var network in Directory.EnumerateFiles(NetworkDirectory, "*.json").Select(Path.GetFileNameWithoutExtension))
            await PodmanAsync("network", "rm", "--force", network!);
        var left = string.Join(", ", (await Machine.Client.ListEndpointsAsync()).Where(endpoint => endpoint.Spec.Owner?.Engine == "podman").Select(endpoint => endpoint.Spec.Name));
        if (_ownsMachine)
            await Machine.DisposeAsync();
        await Programs.RunAsync(["sh", "-c", $"for m in $(grep -o ' {_folder}[^ ]* ' /proc/mounts | sort -r); do umount $m; done"]);
        Directory.Delete(_folder, recursive: true);
        Assert.Equal("", left);
    }

    internal Task<CommandResult> PodmanAsync(params string[] arguments) => Programs.RunAsync(Programs.Inside(Machine.Host.Path,
        ["podman", "--root", $"{_folder}/root", "--runroot", $"{_folder}/run", "--tmpdir", $"{_folder}/tmp", "--storage-driver", "overlay", .. arguments]), _environment);

    /// <summary>A command that must succeed; returns what it printed.</summary>
    internal async Task<string> DoAsync(params string[] arguments) => (await PodmanAsync(arguments)).Expect().Trim();

    /// <summary>Starts a container that waits; <paramref name="options"/> are words of <c>podman run</c>.</summary>
    internal Task<string> StartAsync(string name, string options) => DoAsync(["run", "--detach", "--name", name, .. Words(options), Image, "sleep", "1000000"]);

    /// <summary>Starts a container that answers every caller on a TCP port with its name.</summary>
    internal Task<string> ServeAsync(string name, int port, string options) =>
        DoAsync(["run", "--detach", "--name", name, .. Words(options), Image, "sh", "-c", $"while :; do echo {name} | nc -l -p {port}; done"]);

    /// <summary>Runs a command line of the shell in a container.</summary>
    internal Task<CommandResult> ExecAsync(string container, string line) => PodmanAsync("exec", container, "sh", "-c", line);

    /// <summary>What a server says that is called from a place; retried while it is not listening yet.</summary>
    internal static async Task<string> CallAsync(Place place, string address, int port) =>
        await UntilAsync(async () => (await place.RunAsync("sh", "-c", $"nc -w 2 {address} {port} </dev/null")).Output.Trim(), answer => answer.Length > 0);

    /// <summary>What a server says that is called from a container.</summary>
    internal Task<string> CallAsync(string container, string address, int port) =>
        UntilAsync(async () => (await ExecAsync(container, $"nc -w 2 {address} {port} </dev/null")).Output.Trim(), answer => answer.Length > 0);

    internal Task RemoveAsync(params string[] containers) => DoAsync(["rm", "--force", "--time", "0", .. containers]);

    /// <summary>Waits for something that comes by itself.</summary>
    internal static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> isGood)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var seen = await look();
            if (isGood(seen) || TimeProvider.System.GetElapsedTime(start) > Place.Patience)
                return seen;
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    internal Task<bool> IsNetworkThereAsync(string name, bool wanted) => UntilAsync(
        async () => (await Machine.Client.ListNetworksAsync()).Any(network => network.Spec.Name == name), there => there == wanted);

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
