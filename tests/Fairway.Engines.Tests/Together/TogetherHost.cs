using Fairway.Engines.Tests.Containerd;
using Fairway.Engines.Tests.Docker;
using Fairway.Engines.Tests.Fixtures;
using Fairway.Engines.Tests.Podman;

namespace Fairway.Engines.Tests.Together;

/// <summary>Docker, Podman and containerd on one machine, each with a container on one network of Fairway's that serves its name on port 80.</summary>
public sealed class TogetherHost : IAsyncLifetime
{
    public const string Network = "shared";

    private readonly Dictionary<string, Func<string, Task<CommandResult>>> _shells;

    public TogetherHost()
    {
        string docker = DockerHost.NewFolder(), containerd = ContainerdHost.NewFolder();
        Machine = new Machine { DaemonOptions = [.. DockerHost.DaemonOptions(docker), .. ContainerdHost.DaemonOptions(containerd)] };
        Docker = new DockerHost(Machine, docker);
        Podman = new PodmanHost(Machine);
        Containerd = new ContainerdHost(Machine, containerd, Network);
        _shells = new()
        {
            ["shop"] = line => Docker.DockerAsync("exec", "shop", "sh", "-c", line),
            ["stock"] = line => Podman.ExecAsync("stock", line),
            ["billing"] = line => Containerd.TryCtrAsync("task", "exec", "--exec-id", Guid.NewGuid().ToString("N"), "billing", "sh", "-c", line),
        };
    }

    public Machine Machine { get; }

    internal DockerHost Docker { get; }

    /// <summary>What Docker made of the host's FORWARD chain when it started.</summary>
    internal string ForwardRules { get; private set; } = "";

    internal PodmanHost Podman { get; }

    internal ContainerdHost Containerd { get; }

    /// <summary>The containers: Docker's, Podman's and containerd's.</summary>
    public IEnumerable<string> Containers => _shells.Keys;

    public async ValueTask InitializeAsync()
    {
        await Machine.InitializeAsync();
        await Docker.InitializeAsync();
        ForwardRules = (await Machine.Host.RunAsync("iptables", "-S", "FORWARD")).Expect();
        await Podman.InitializeAsync();
        await Containerd.InitializeAsync();
        await Machine.DoAsync($"network create {Network} --subnet 10.40.0.0/16 --ip-range 10.40.0.0/18");
        await Machine.DoAsync($"podman join {Network} --ip-range 10.40.64.0/18 --network-dir {Podman.NetworkDirectory}");
        await Docker.CreateNetworkAsync(Network, $"--subnet 10.40.0.0/16 -o fairway.network={Network}");

        await Docker.ServeAsync("shop", 80, $"--network {Network} -p 8080:80");
        await Podman.ServeAsync("stock", 80, $"--network {Network} --publish 8081:80");
        // ctr writes no resolv.conf. Any server will do: what leaves the endpoint for port 53 is the network's resolver's to answer.
        string resolv = Path.Combine(TestFolder.Path, "resolv.conf");
        await File.WriteAllTextAsync(resolv, "nameserver 192.0.2.53\n");
        await Containerd.CtrAsync("run", "--detach", "--cni", "--mount", $"type=bind,src={resolv},dst=/etc/resolv.conf,options=rbind:ro",
            BusyboxImage.Name, "billing", "sh", "-c", "while :; do echo billing | nc -l -p 80; done");
    }

    public async ValueTask DisposeAsync()
    {
        await Containerd.TryCtrAsync("task", "kill", "--signal", "KILL", "billing");
        await Containerd.TryCtrAsync("task", "delete", "billing");
        // ctr asks for no DEL of what it started detached: the endpoint goes with its namespace.
        await DockerHost.UntilAsync(async () => !(await Machine.Client.ListEndpointsAsync()).Any(endpoint => endpoint.Spec.Owner?.Engine == "cni"), "the container's endpoint is gone");
        await Containerd.DisposeAsync();
        await Podman.DisposeAsync();
        await Docker.DisposeAsync();
        await Machine.DisposeAsync();
    }

    /// <summary>What a container gets from another's server by its name.</summary>
    internal Task<string> CallAsync(string from, string name) =>
        PodmanHost.UntilAsync(async () => (await _shells[from]($"nc -w 2 {name} 80 </dev/null")).Output.Trim(), answer => answer.Length > 0);
}
