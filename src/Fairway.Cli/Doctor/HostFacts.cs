using System.Net;
using Fairway.Linux.Host;
using Fairway.Linux.Netfilter;
using Fairway.Model.Ports;

namespace Fairway.Cli.Doctor;

/// <summary>What the checks judge: everything that was read of the host, so that judging it needs no host.</summary>
internal sealed record HostFacts
{
    public required string Instance { get; init; }

    /// <summary>Release as uname -r tells it: <c>6.1.0-18-amd64</c>.</summary>
    public required string Kernel { get; init; }

    /// <summary>Whether the kernel describes its types (/sys/kernel/btf/vmlinux).</summary>
    public required bool HasBtf { get; init; }

    /// <summary>What this command may do (capabilities(7)).</summary>
    public required CapabilitySet Capabilities { get; init; }

    /// <summary>Why a thing the switch is made of cannot be used, by what it is; null where it can.</summary>
    public required IReadOnlyDictionary<string, string?> Abilities { get; init; }

    /// <summary>Whether /sys/fs/bpf is a bpf file system.</summary>
    public required bool HasBpfFileSystem { get; init; }

    /// <summary>Root of the cgroup hierarchy (version 2), or null.</summary>
    public required string? CgroupRoot { get; init; }

    /// <summary>File of libbpf.so.1, links resolved; null when it cannot be loaded.</summary>
    public required string? Libbpf { get; init; }

    /// <summary>Kernel settings by their dotted names; those that do not exist are missing.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>The firewall's chains that packets enter by themselves; null when they cannot be read.</summary>
    public required IReadOnlyList<BaseChain>? Chains { get; init; }

    /// <summary>Firewall front ends at work, as people call them: <c>firewalld</c>, <c>ufw</c>, <c>Docker</c>.</summary>
    public required IReadOnlyList<string> FirewallTools { get; init; }

    /// <summary>Where this host sends packets, through links that are not Fairway's.</summary>
    public required IReadOnlyList<HostRoute> Routes { get; init; }

    /// <summary>Sockets of this host that wait for connections or datagrams.</summary>
    public required IReadOnlyList<Listener> Listeners { get; init; }

    /// <summary>Name servers of this host.</summary>
    public required IReadOnlyList<IPAddress> Resolvers { get; init; }

    /// <summary>This command's network namespace, as /proc/self/ns/net names it.</summary>
    public required string Namespace { get; init; }

    /// <summary>What the daemon says; null when it cannot be reached.</summary>
    public required DaemonFacts? Daemon { get; init; }

    /// <summary>Why the daemon cannot be reached; null when it can.</summary>
    public required string? DaemonProblem { get; init; }

    /// <summary>What of the instance is in the kernel, whether a daemon runs or not.</summary>
    public required IReadOnlyList<KernelObject> Objects { get; init; }

    /// <summary>Publications, as the daemon has them.</summary>
    public IEnumerable<PublishedPort> Publications => Daemon?.Publications ?? [];
}
