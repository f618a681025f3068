using Fairway.Linux.Interop;

namespace Fairway.Linux.Bpf;

/// <summary>Kinds of programs (<c>linux/bpf.h</c>, BPF_PROG_TYPE_*); the kernel has more.</summary>
public enum BpfProgramType
{
    /// <summary>Unknown.</summary>
    Unspecified = linux_bpf.BPF_PROG_TYPE_UNSPEC,

    /// <summary>Filters what a socket receives.</summary>
    SocketFilter = linux_bpf.BPF_PROG_TYPE_SOCKET_FILTER,

    /// <summary>Traffic control classifier (<c>cls_bpf</c>).</summary>
    Classifier = linux_bpf.BPF_PROG_TYPE_SCHED_CLS,

    /// <summary>Traffic control action.</summary>
    Action = linux_bpf.BPF_PROG_TYPE_SCHED_ACT,

    /// <summary>Express data path.</summary>
    Xdp = linux_bpf.BPF_PROG_TYPE_XDP,

    /// <summary>Packets of a cgroup's sockets.</summary>
    CgroupPacket = linux_bpf.BPF_PROG_TYPE_CGROUP_SKB,

    /// <summary>Sockets of a cgroup.</summary>
    CgroupSocket = linux_bpf.BPF_PROG_TYPE_CGROUP_SOCK,

    /// <summary>TCP events.</summary>
    SocketOperations = linux_bpf.BPF_PROG_TYPE_SOCK_OPS,

    /// <summary>Addresses given to bind, connect, sendmsg and their answers.</summary>
    CgroupSocketAddress = linux_bpf.BPF_PROG_TYPE_CGROUP_SOCK_ADDR,

    /// <summary>Reading and writing of /proc/sys.</summary>
    CgroupSysctl = linux_bpf.BPF_PROG_TYPE_CGROUP_SYSCTL,

    /// <summary>Socket options.</summary>
    CgroupSocketOption = linux_bpf.BPF_PROG_TYPE_CGROUP_SOCKOPT,

    /// <summary>Which socket receives a packet.</summary>
    SocketLookup = linux_bpf.BPF_PROG_TYPE_SK_LOOKUP,

    /// <summary>Runs on demand only.</summary>
    SystemCall = linux_bpf.BPF_PROG_TYPE_SYSCALL,
}
