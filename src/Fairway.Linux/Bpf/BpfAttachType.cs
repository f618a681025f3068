using Fairway.Linux.Interop;

namespace Fairway.Linux.Bpf;

/// <summary>Where a program of a cgroup attaches (<c>linux/bpf.h</c>, enum bpf_attach_type); the kernel has more.</summary>
public enum BpfAttachType
{
    /// <summary>Packets received.</summary>
    CgroupIngress = linux_bpf.BPF_CGROUP_INET_INGRESS,

    /// <summary>Packets sent.</summary>
    CgroupEgress = linux_bpf.BPF_CGROUP_INET_EGRESS,

    /// <summary>A socket is made.</summary>
    CgroupSocketCreate = linux_bpf.BPF_CGROUP_INET_SOCK_CREATE,

    /// <summary>A socket is closed.</summary>
    CgroupSocketRelease = linux_bpf.BPF_CGROUP_INET_SOCK_RELEASE,

    /// <summary>TCP events.</summary>
    CgroupSocketOperations = linux_bpf.BPF_CGROUP_SOCK_OPS,

    /// <summary>bind to an IPv4 address.</summary>
    Bind4 = linux_bpf.BPF_CGROUP_INET4_BIND,

    /// <summary>bind to an IPv6 address.</summary>
    Bind6 = linux_bpf.BPF_CGROUP_INET6_BIND,

    /// <summary>After bind to an IPv4 address.</summary>
    PostBind4 = linux_bpf.BPF_CGROUP_INET4_POST_BIND,

    /// <summary>After bind to an IPv6 address.</summary>
    PostBind6 = linux_bpf.BPF_CGROUP_INET6_POST_BIND,

    /// <summary>connect to an IPv4 address.</summary>
    Connect4 = linux_bpf.BPF_CGROUP_INET4_CONNECT,

    /// <summary>connect to an IPv6 address.</summary>
    Connect6 = linux_bpf.BPF_CGROUP_INET6_CONNECT,

    /// <summary>sendmsg of an unconnected UDP socket, IPv4.</summary>
    SendMessage4 = linux_bpf.BPF_CGROUP_UDP4_SENDMSG,

    /// <summary>sendmsg of an unconnected UDP socket, IPv6.</summary>
    SendMessage6 = linux_bpf.BPF_CGROUP_UDP6_SENDMSG,

    /// <summary>recvmsg of a UDP socket, IPv4.</summary>
    ReceiveMessage4 = linux_bpf.BPF_CGROUP_UDP4_RECVMSG,

    /// <summary>recvmsg of a UDP socket, IPv6.</summary>
    ReceiveMessage6 = linux_bpf.BPF_CGROUP_UDP6_RECVMSG,

    /// <summary>getpeername, IPv4.</summary>
    GetPeerName4 = linux_bpf.BPF_CGROUP_INET4_GETPEERNAME,

    /// <summary>getpeername, IPv6.</summary>
    GetPeerName6 = linux_bpf.BPF_CGROUP_INET6_GETPEERNAME,

    /// <summary>getsockname, IPv4.</summary>
    GetSocketName4 = linux_bpf.BPF_CGROUP_INET4_GETSOCKNAME,

    /// <summary>getsockname, IPv6.</summary>
    GetSocketName6 = linux_bpf.BPF_CGROUP_INET6_GETSOCKNAME,

    /// <summary>getsockopt.</summary>
    GetSocketOption = linux_bpf.BPF_CGROUP_GETSOCKOPT,

    /// <summary>setsockopt.</summary>
    SetSocketOption = linux_bpf.BPF_CGROUP_SETSOCKOPT,

    /// <summary>Reading and writing of /proc/sys.</summary>
    Sysctl = linux_bpf.BPF_CGROUP_SYSCTL,
}
