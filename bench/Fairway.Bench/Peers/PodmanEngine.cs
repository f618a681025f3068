using Fairway.Bench.Running;

namespace Fairway.Bench.Peers;

/// <summary>Podman with storage of its own, on two hosts: one with its own netavark, one with Fairway's.</summary>
internal sealed class PodmanEngine : IDisposable
{
    private readonly string _files;
    private readonly (string Configuration, HostSpace Space) _own, _fairway;

    public PodmanEngine(string tag, HostSpace own, HostSpace fairway, string socket)
    {
        _files = Work.Directory(tag);
        _own = ("own", own);
        _fairway = ("fairway", fairway);
        Work.Directory($"{tag}/helpers");
        File.CreateSymbolicLink($"{_files}/helpers/netavark", Tool.Published("fairway-netavark"));
        Configure("own", "");
        Configure("fairway", $"""
            helper_binaries_dir = ["{_files}/helpers", "{Path.GetDirectoryName(Tool.Get("netavark"))}"]
            enable_port_reservation = false
            env = ["FAIRWAY_SOCKET={socket}"]
            """);
        File.WriteAllBytes($"{_files}/image.tar", BusyboxImage.Make($"{tag}/image"));
        Podman(_own, $"import {_files}/image.tar bench");
    }

    /// <summary>A whole <c>podman run --rm</c>.</summary>
    public void Run(bool onFairway, string options) => Podman(onFairway ? _fairway : _own, $"run --rm {options} bench /bin/true");

    public void Dispose() => Shell.Run($"for m in $(grep -o ' {_files}[^ ]* ' /proc/mounts | sort -r); do umount $m; done", mayFail: true);

    // The limits, cgroup manager and log are what a virtual machine without systemd needs.
    private void Configure(string name, string engine) => File.WriteAllText($"{_files}/{name}.conf", $"""
        [network]
        network_backend = "netavark"
        network_config_dir = "{_files}/networks"
        [containers]
        default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
        [engine]
        cgroup_manager = "cgroupfs"
        events_logger = "file"
        runtime = "runc"
        {engine}
        """);

    private void Podman((string Configuration, HostSpace Space) host, string command) => Shell.Run(
        $"CONTAINERS_CONF={_files}/{host.Configuration}.conf nsenter --net={host.Space.FilePath} {Tool.Get("podman")} --root {_files}/root --runroot {_files}/run --tmpdir {_files}/tmp --storage-driver overlay {command}");
}
