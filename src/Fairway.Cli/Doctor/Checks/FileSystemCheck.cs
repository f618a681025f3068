namespace Fairway.Cli.Doctor.Checks;

/// <summary>The file systems the switch lives in, and the library that loads it.</summary>
internal static class FileSystemCheck
{
    public static IEnumerable<CheckResult> Of(HostFacts host)
    {
        yield return host.HasBpfFileSystem
            ? CheckResult.Ok("bpffs", "a bpf file system is mounted at /sys/fs/bpf")
            : CheckResult.Ok("bpffs", "no bpf file system is mounted at /sys/fs/bpf yet; fairwayd mounts it when it starts");
        yield return host.CgroupRoot is { } root
            ? CheckResult.Ok("cgroup", $"the cgroup hierarchy is at {root}")
            : CheckResult.Warn("cgroup", "no cgroup2 hierarchy is mounted: this host's own programs do not reach published ports, everything else does",
                "mount one: mount -t cgroup2 none /sys/fs/cgroup/unified");
        yield return host.Libbpf is { } libbpf
            ? CheckResult.Ok("libbpf", libbpf)
            : CheckResult.Fail("libbpf", "libbpf.so.1 cannot be loaded, so fairwayd cannot load the switch", "install it: apt-get install libbpf1");
    }
}
