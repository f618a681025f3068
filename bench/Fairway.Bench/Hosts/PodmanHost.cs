namespace Fairway.Bench.Hosts;

/// <summary>Podman with storage of its own and two configurations: Fairway's netavark in the host of <see cref="FairwayHost"/>, and Podman's in a namespace of its own.</summary>
internal sealed class PodmanHost : IDisposable
{
    private const string Peer = "fwb-phost";
    private const string Podman = "/usr/bin/podman";
    private static readonly string s_root = Path.Combine(Path.GetTempPath(), "fairway-bench-podman");
    private static readonly string s_netavark = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../publish/fairway-netavark"));

    public PodmanHost(FairwayHost fairway)
    {
        CleanUp();
        Shell.Run($"mkdir -p {s_root}/helpers {s_root}/image/bin && cp /usr/bin/busybox {s_root}/image/bin/busybox && ln -sf busybox {s_root}/image/bin/true && ln -s {s_netavark} {s_root}/helpers/netavark");
        Shell.Run($"ip netns add {Peer} && ip -n {Peer} link set lo up");
        WriteConfiguration("peer", "");
        WriteConfiguration("fairway", $"""
            helper_binaries_dir = ["{s_root}/helpers", "/usr/lib/podman"]
            enable_port_reservation = false
            env = ["FAIRWAY_SOCKET={fairway.Client.Options.SocketPath}"]
            """);
        Shell.Run($"tar -C {s_root}/image -c . | {Command("peer", Peer)} import - bench");
    }

    /// <summary>Whether this machine has what it takes.</summary>
    public static bool IsInstalled => File.Exists(Podman) && File.Exists("/usr/lib/podman/netavark") && File.Exists("/usr/bin/busybox") && File.Exists(s_netavark);

    /// <summary>A whole <c>podman run --rm</c> on Fairway.</summary>
    public static void RunOnFairway(string options) => Shell.Run($"{Command("fairway", FairwayHost.Name)} run --rm {options} bench /bin/true");

    /// <summary>A whole <c>podman run --rm</c> on Podman's own netavark.</summary>
    public static void RunOnNetavark(string options) => Shell.Run($"{Command("peer", Peer)} run --rm {options} bench /bin/true");

    public void Dispose() => CleanUp();

    // The limits, cgroup manager and log are what a virtual machine without systemd needs.
    private static void WriteConfiguration(string name, string engine) => File.WriteAllText($"{s_root}/{name}.conf", $"""
        [network]
        network_backend = "netavark"
        network_config_dir = "{s_root}/networks"
        [containers]
        default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
        [engine]
        cgroup_manager = "cgroupfs"
        events_logger = "file"
        runtime = "runc"
        {engine}
        """);

    private static string Command(string configuration, string place) =>
        $"CONTAINERS_CONF={s_root}/{configuration}.conf nsenter --net=/run/netns/{place} {Podman} --root {s_root}/root --runroot {s_root}/run --tmpdir {s_root}/tmp --storage-driver overlay";

    private static void CleanUp() => Shell.Run($"for m in $(grep -o ' {s_root}[^ ]* ' /proc/mounts | sort -r); do umount $m; done; ip netns del {Peer}; rm -rf {s_root}", mayFail: true);
}
