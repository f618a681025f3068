using System.Diagnostics;
using System.Net.Sockets;
using Fairway.Engines.Tests.Containerd.Cri;
using Fairway.Engines.Tests.Fixtures;
using Fairway.Model.Endpoints;
using Grpc.Core;
using Grpc.Net.Client;

namespace Fairway.Engines.Tests.Containerd;

/// <summary>
/// Debian's containerd on a machine of its own: own root, state and socket, in the machine's host namespace, with the plugin and the
/// configuration list as <c>fairway cni install</c> puts them.
/// </summary>
public sealed class ContainerdHost : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly string _network;
    private readonly bool _ownsMachine;
    private Process? _containerd;
    private GrpcChannel? _channel;

    public ContainerdHost()
    {
        _folder = NewFolder();
        _network = Network;
        _ownsMachine = true;
        Machine = new Machine { DaemonOptions = DaemonOptions(_folder) };
    }

    /// <summary>On a machine that is others' too, whose daemon has been told the options for the folder; containers join a network that is there.</summary>
    internal ContainerdHost(Machine machine, string folder, string network)
    {
        _folder = folder;
        _network = network;
        Machine = machine;
    }

    internal static string NewFolder() => Directory.CreateTempSubdirectory("fairway-containerd-").FullName;

    internal static string[] DaemonOptions(string folder) => ["--containerd-socket", Path.Combine(folder, "containerd.sock")];

    public Machine Machine { get; }

    /// <summary>The list that is installed, and its network unless another is joined.</summary>
    public const string Network = "fairway";

    public string BinDirectory => Path.Combine(_folder, "cni/bin");

    public string ConfigurationDirectory => Path.Combine(_folder, "cni/net.d");

    internal RuntimeService.RuntimeServiceClient Cri => new(_channel!);

    private string Socket => Path.Combine(_folder, "containerd.sock");

    public async ValueTask InitializeAsync()
    {
        if (_ownsMachine)
            await Machine.InitializeAsync();
        await InstallAsync();
        await StartAsync();
        await CtrAsync(["images", "import", await BusyboxImage.ArchiveAsync()]);
        await CtrAsync(["--namespace", "k8s.io", "images", "import", await BusyboxImage.ArchiveAsync()]);
    }

    public async ValueTask DisposeAsync()
    {
        _channel?.Dispose();
        if (_containerd is { HasExited: false })
        {
            await Programs.RunAsync(["kill", "-TERM", $"{_containerd.Id}"]);
            using var patience = new CancellationTokenSource(s_patience);
            await _containerd.WaitForExitAsync(patience.Token);
        }
        // What a failed test left: the shims of this containerd are known by its socket's path, which fairwayd is told too.
        await Programs.RunAsync(["sh", "-c", $"""
            for p in $(grep -lzF -- '{Socket}' /proc/[0-9]*/cmdline 2>/dev/null | cut -d/ -f3); do [ $p = $$ ] || ! grep -qs containerd-shim /proc/$p/cmdline || kill -9 $p; done
            for m in $(grep -o ' {_folder}[^ ]* ' /proc/mounts | sort -r); do umount -l $m; done
            """]);
        var left = string.Join(", ", (await Machine.Client.ListEndpointsAsync()).Where(endpoint => endpoint.Spec.Owner?.Engine == "cni").Select(endpoint => endpoint.Spec.Name));
        if (_ownsMachine)
            await Machine.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        Assert.Equal("", left);
    }

    /// <summary>A <c>ctr</c> command that must succeed; returns what it printed.</summary>
    internal async Task<string> CtrAsync(params string[] words) => (await TryCtrAsync(words)).Expect();

    /// <summary>A <c>ctr</c> command. It starts the plugins itself, so it is told where they are and stands where the daemon's network is.</summary>
    internal Task<CommandResult> TryCtrAsync(params string[] words) => Programs.RunAsync(Programs.Inside(Machine.Host.Path,
        ["unshare", "--mount", "--propagation", "private", "sh", "-ec", $"""
            mkdir -p /etc/cni /opt/cni
            mount -t tmpfs none /etc/cni && mount -t tmpfs none /opt/cni
            mkdir /etc/cni/net.d /opt/cni/bin
            cp {ConfigurationDirectory}/* /etc/cni/net.d && cp {BinDirectory}/* /opt/cni/bin
            exec ctr --address {Socket} "$@"
            """, "ctr", .. words]));

    /// <summary>A pod as the kubelet asks for it.</summary>
    internal static PodSandboxConfig Pod(string name, params PortMapping[] ports) => new()
    {
        Metadata = new PodSandboxMetadata { Name = name, Uid = $"uid-{name}", Namespace = "shop" },
        Hostname = name,
        PortMappings = { ports },
    };

    internal async Task<string> RunPodAsync(PodSandboxConfig pod) => (await Cri.RunPodSandboxAsync(new RunPodSandboxRequest { Config = pod })).PodSandboxId;

    /// <summary>Starts a container in a pod.</summary>
    internal async Task<string> StartContainerAsync(string sandbox, PodSandboxConfig pod, string name, params string[] command)
    {
        var created = await Cri.CreateContainerAsync(new CreateContainerRequest
        {
            PodSandboxId = sandbox,
            SandboxConfig = pod,
            Config = new ContainerConfig { Metadata = new ContainerMetadata { Name = name }, Image = new ImageSpec { Image = BusyboxImage.Name }, Command = { command } },
        });
        await Cri.StartContainerAsync(new StartContainerRequest { ContainerId = created.ContainerId });
        return created.ContainerId;
    }

    /// <summary>What a command in a container printed.</summary>
    internal async Task<string> ExecAsync(string container, params string[] command)
    {
        var result = await Cri.ExecSyncAsync(new ExecSyncRequest { ContainerId = container, Cmd = { command }, Timeout = 20 });
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', command)}: {result.ExitCode}: {result.Stdout.ToStringUtf8()}{result.Stderr.ToStringUtf8()}");
        return result.Stdout.ToStringUtf8();
    }

    internal async Task RemovePodAsync(string sandbox)
    {
        await Cri.StopPodSandboxAsync(new StopPodSandboxRequest { PodSandboxId = sandbox });
        await Cri.RemovePodSandboxAsync(new RemovePodSandboxRequest { PodSandboxId = sandbox });
    }

    internal async Task<Endpoint?> EndpointAsync(string owner) => (await Machine.Client.ListEndpointsAsync()).SingleOrDefault(endpoint => endpoint.Spec.Owner?.Id == owner);

    private async Task InstallAsync()
    {
        // The plugin lies beside the command in a package; here each lies where it was built.
        Directory.CreateDirectory(BinDirectory);
        Directory.CreateDirectory(ConfigurationDirectory);
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(Programs.FairwayCni)!, File.Exists(Programs.FairwayCni + ".dll") ? "*" : "fairway-cni"))
            File.Copy(file, Path.Combine(BinDirectory, Path.GetFileName(file)));
        File.Copy("/usr/lib/cni/loopback", Path.Combine(BinDirectory, "loopback"));
        File.Copy("/usr/lib/cni/tuning", Path.Combine(BinDirectory, "tuning"));
        await File.WriteAllTextAsync(Path.Combine(ConfigurationDirectory, "10-fairway.conflist"), $$"""
            {
              "cniVersion": "1.0.0", "name": "{{Network}}",
              "plugins": [
                { "type": "fairway-cni", "network": "{{_network}}", "socket": "{{Machine.SocketPath}}", "capabilities": { "portMappings": true, "aliases": true } },
                { "type": "tuning", "sysctl": { "net.core.somaxconn": "511" } }
              ]
            }
            """);
    }

    private async Task StartAsync()
    {
        var configuration = Path.Combine(_folder, "config.toml");
        await File.WriteAllTextAsync(configuration, $"""
            version = 2
            root = "{_folder}/root"
            state = "{_folder}/state"
            [grpc]
            address = "{Socket}"
            [plugins."io.containerd.grpc.v1.cri"]
            sandbox_image = "{BusyboxImage.Name}"
            restrict_oom_score_adj = true
            netns_mounts_under_state_dir = true
            [plugins."io.containerd.grpc.v1.cri".cni]
            bin_dir = "{BinDirectory}"
            conf_dir = "{ConfigurationDirectory}"
            """);
        var log = Path.Combine(_folder, "log");
        await File.WriteAllTextAsync(log, ""); // there to be read even when containerd never came as far as opening it
        _containerd = Programs.Start(Programs.Inside(Machine.Host.Path, "sh", "-c", $"exec containerd --config {configuration} >>{log} 2>&1"));
        _channel = GrpcChannel.ForAddress("http://containerd", new GrpcChannelOptions { HttpHandler = Handler() });
        using var patience = new CancellationTokenSource(s_patience);
        while (!await IsReadyAsync())
        {
            if (_containerd.HasExited || patience.IsCancellationRequested)
                Assert.Fail($"containerd is not ready:\n{await File.ReadAllTextAsync(log)}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            var status = await Cri.StatusAsync(new StatusRequest());
            return status.Status.Conditions.All(condition => condition.Status);
        }
        catch (RpcException)
        {
            return false;
        }
    }

    private SocketsHttpHandler Handler() => new()
    {
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };
}
