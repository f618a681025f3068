namespace Fairway.Linux.Interop;

/// <summary>Types of maps, programs and links, and the places programs attach to.</summary>
internal static partial class linux_bpf
{
    public const int BPF_MAP_TYPE_UNSPEC = 0;
    public const int BPF_MAP_TYPE_HASH = 1;
    public const int BPF_MAP_TYPE_ARRAY = 2;
    public const int BPF_MAP_TYPE_PROG_ARRAY = 3;
    public const int BPF_MAP_TYPE_PERF_EVENT_ARRAY = 4;
    public const int BPF_MAP_TYPE_PERCPU_HASH = 5;
    public const int BPF_MAP_TYPE_PERCPU_ARRAY = 6;
    public const int BPF_MAP_TYPE_LRU_HASH = 9;
    public const int BPF_MAP_TYPE_LRU_PERCPU_HASH = 10;
    public const int BPF_MAP_TYPE_LPM_TRIE = 11;
    public const int BPF_MAP_TYPE_ARRAY_OF_MAPS = 12;
    public const int BPF_MAP_TYPE_HASH_OF_MAPS = 13;
    public const int BPF_MAP_TYPE_QUEUE = 22;
    public const int BPF_MAP_TYPE_STACK = 23;
    public const int BPF_MAP_TYPE_SK_STORAGE = 24;
    public const int BPF_MAP_TYPE_RINGBUF = 27;

    public const int BPF_PROG_TYPE_UNSPEC = 0;
    public const int BPF_PROG_TYPE_SOCKET_FILTER = 1;
    public const int BPF_PROG_TYPE_SCHED_CLS = 3;
    public const int BPF_PROG_TYPE_SCHED_ACT = 4;
    public const int BPF_PROG_TYPE_XDP = 6;
    public const int BPF_PROG_TYPE_CGROUP_SKB = 8;
    public const int BPF_PROG_TYPE_CGROUP_SOCK = 9;
    public const int BPF_PROG_TYPE_SOCK_OPS = 13;
    public const int BPF_PROG_TYPE_CGROUP_SOCK_ADDR = 18;
    public const int BPF_PROG_TYPE_CGROUP_SYSCTL = 23;
    public const int BPF_PROG_TYPE_CGROUP_SOCKOPT = 25;
    public const int BPF_PROG_TYPE_SK_LOOKUP = 30;
    public const int BPF_PROG_TYPE_SYSCALL = 31;

    public const int BPF_CGROUP_INET_INGRESS = 0;
    public const int BPF_CGROUP_INET_EGRESS = 1;
    public const int BPF_CGROUP_INET_SOCK_CREATE = 2;
    public const int BPF_CGROUP_SOCK_OPS = 3;
    public const int BPF_CGROUP_INET4_BIND = 8;
    public const int BPF_CGROUP_INET6_BIND = 9;
    public const int BPF_CGROUP_INET4_CONNECT = 10;
    public const int BPF_CGROUP_INET6_CONNECT = 11;
    public const int BPF_CGROUP_INET4_POST_BIND = 12;
    public const int BPF_CGROUP_INET6_POST_BIND = 13;
    public const int BPF_CGROUP_UDP4_SENDMSG = 14;
    public const int BPF_CGROUP_UDP6_SENDMSG = 15;
    public const int BPF_CGROUP_SYSCTL = 18;
    public const int BPF_CGROUP_UDP4_RECVMSG = 19;
    public const int BPF_CGROUP_UDP6_RECVMSG = 20;
    public const int BPF_CGROUP_GETSOCKOPT = 21;
    public const int BPF_CGROUP_SETSOCKOPT = 22;
    public const int BPF_CGROUP_INET4_GETPEERNAME = 29;
    public const int BPF_CGROUP_INET6_GETPEERNAME = 30;
    public const int BPF_CGROUP_INET4_GETSOCKNAME = 31;
    public const int BPF_CGROUP_INET6_GETSOCKNAME = 32;
    public const int BPF_CGROUP_INET_SOCK_RELEASE = 34;

    public const int BPF_LINK_TYPE_CGROUP = 3;
}
