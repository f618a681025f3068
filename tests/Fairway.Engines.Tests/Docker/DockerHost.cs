using System.Diagnostics;
using System.Globalization;
using Fairway.Engines.Tests.Fixtures;
using Fairway.Model.Endpoints;
using Fairway.Model.Networks;
using Fairway.Model.Ports;

namespace Fairway.Engines.Tests.Docker;

/// <summary>
/// Debian's Docker on a machine of its own: own data, own state, a mount namespace in which /run/docker is its own, and containers that outlive it
/// (live-restore). The driver is called after the machine's instance.
/// </summary>
public sealed class DockerHost : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly string _folder;
    private readonly bool _ownsMachine;
    private Process? _space;
    private Process? _docker;

    public DockerHost()
    {
        _folder = NewFolder();
        _ownsMachine = true;
        Machine = new Machine { DaemonOptions = DaemonOptions(_folder) };
    }

    /// <summary>On a machine that is others' too, whose daemon has been told the options for the folder.</summary>
    internal DockerHost(Machine machine, string folder)
    {
        _folder = folder;
        Machine = machine;
    }

    internal static string NewFolder() => Directory.CreateTempSubdirectory("fairway-docker-").FullName;

    internal static string[] DaemonOptions(string folder) => ["--docker-plugins", Path.Combine(folder, "run/plugins"), "--docker-socket", Path.Combine(folder, "docker.sock")];

    public Machine Machine { get; }

    public string Driver => Machine.Instance;

    /// <summary>Where dockerd listens, as DOCKER_HOST has it.</summary>
    public string Address => $"unix://{_folder}/docker.sock";

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "run"));
        if (_ownsMachine)
            await Machine.InitializeAsync();
        // One mount namespace for every dockerd of the machine: what an earlier one mounted for its containers must be there for the next.
        _space = Programs.Start(["unshare", "--mount", "--propagation", "private", "sh", "-c",
            $"mkdir -p /run/docker && mount --bind {_folder}/run /run/docker && echo ready && exec sleep 1000000"]);
        Assert.Equal("ready", await _space.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        await StartDockerAsync();
        await DoAsync("import", await BusyboxRoot.TarAsync(), "busybox");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (string container in (await DockerAsync("ps", "--all", "--quiet")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            await DockerAsync("rm", "--force", container);
        await DockerAsync("network", "prune", "--force");
        await EndDockerAsync("TERM");
        _space!.Kill();
        string left = string.Join(", ", (await Machine.Client.ListEndpointsAsync()).Where(endpoint => endpoint.Spec.HandedOver).Select(endpoint => endpoint.Spec.Name));
        if (_ownsMachine)
            await Machine.DisposeAsync();
        await Programs.RunAsync(["sh", "-c", $"for m in $(grep -o ' {_folder}[^ ]* ' /proc/mounts | sort -r); do umount $m; done; rm -rf {_folder}"]);
        Assert.Equal("", left);
    }

    public async Task StartDockerAsync()
    {
        _docker = Programs.Start(Programs.Inside(Machine.Host.Path, $"--mount=/proc/{_space!.Id}/ns/mnt", "sh", "-c",
            $"exec dockerd --live-restore --data-root {_folder}/data --exec-root {_folder}/exec "
            + $"-H unix://{_folder}/docker.sock -p {_folder}/docker.pid >>{_folder}/dockerd.log 2>&1"));
        await UntilAsync(async () => (await DockerAsync("version")).ExitCode == 0, "dockerd answers");
    }

    /// <summary>Ends dockerd by a signal; its containers go on.</summary>
    public async Task EndDockerAsync(string signal)
    {
        string file = Path.Combine(_folder, "exec/containerd/containerd.pid");
        string? containerd = File.Exists(file) ? (await File.ReadAllTextAsync(file)).Trim() : null;
        await Programs.RunAsync(["kill", $"-{signal}", _docker!.Id.ToString(CultureInfo.InvariantCulture)]);
        using var patience = new CancellationTokenSource(s_patience);
        await _docker.WaitForExitAsync(patience.Token);
        // It ends with dockerd, but the next dockerd takes it for running, and waits for it in vain, until somebody has reaped it.
        await UntilAsync(() => Task.FromResult(containerd is null || !Directory.Exists($"/proc/{containerd}")), "dockerd's containerd is gone");
    }

    internal Task<CommandResult> DockerAsync(params string[] arguments)
        => Programs.RunAsync(Programs.Inside(Machine.Host.Path, ["/usr/bin/docker", "-H", $"unix://{_folder}/docker.sock", .. arguments]));

    /// <summary>A command that must succeed; returns what it printed.</summary>
    internal async Task<string> DoAsync(params string[] arguments) => (await DockerAsync(arguments)).Expect().Trim();

    /// <summary>A command as a user types it.</summary>
    internal Task<string> TypeAsync(string command) => DoAsync(command.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Makes a network; <paramref name="options"/> are words of <c>docker network create</c>.</summary>
    internal Task<string> CreateNetworkAsync(string name, string options = "") => TypeAsync($"network create -d {Driver} --ipam-driver {Driver} {options} {name}");

    /// <summary>Starts a container that waits; <paramref name="options"/> are words of <c>docker run</c>.</summary>
    internal Task<string> StartAsync(string name, string options) => TypeAsync($"run --detach --name {name} {options} busybox sleep 1000000");

    /// <summary>Starts a container that answers every caller on a TCP port with its name.</summary>
    internal Task<string> ServeAsync(string name, int port, string options)
        => DoAsync(["run", "--detach", "--name", name, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "busybox", "sh", "-c", $"while :; do echo {name} | nc -l -p {port}; done"]);

    internal async Task<string> ExecAsync(string container, string command) => await DoAsync(["exec", container, .. command.Split(' ')]);

    internal async Task RemoveAsync(params string[] containers) => await DoAsync(["rm", "--force", .. containers]);

    internal Task<IReadOnlyList<Network>> NetworksAsync() => Machine.Client.ListNetworksAsync(TestContext.Current.CancellationToken);

    internal Task<IReadOnlyList<Endpoint>> EndpointsAsync() => Machine.Client.ListEndpointsAsync(TestContext.Current.CancellationToken);

    internal Task<IReadOnlyList<PublishedPort>> PortsAsync() => Machine.Client.ListPublicationsAsync(TestContext.Current.CancellationToken);

    /// <summary>Polls, because Docker tells names, and the kernel carriers, in their own time.</summary>
    internal static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < s_patience, $"not within {s_patience}: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    /// <summary>What a caller on the LAN gets from a port of the host.</summary>
    internal async Task<string> CallAsync(int port, bool fromHost = false, string address = Machine.HostAddress4)
    {
        Place from = fromHost ? Machine.Host : Machine.Lan;
        string answer = "";
        await UntilAsync(async () => (answer = (await from.RunAsync("sh", "-c", $"echo | nc -w 2 {address} {port}")).Output.Trim()).Length > 0, $"an answer at {address}:{port}");
        return answer;
    }
}
