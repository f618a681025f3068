namespace Fairway.Linux.Interop;

/// <summary>Capabilities.</summary>
[CHeader("linux/capability.h")]
internal static class linux_capability
{
    public const int CAP_DAC_OVERRIDE = 1;
    public const int CAP_KILL = 5;
    public const int CAP_NET_BIND_SERVICE = 10;
    public const int CAP_NET_ADMIN = 12;
    public const int CAP_NET_RAW = 13;
    public const int CAP_SYS_PTRACE = 19;
    public const int CAP_SYS_ADMIN = 21;
    public const int CAP_SYS_RESOURCE = 24;
    public const int CAP_PERFMON = 38;
    public const int CAP_BPF = 39;
}
