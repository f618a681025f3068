namespace Fairway.Linux.Interop;

/// <summary>Namespace flags of unshare(2) and setns(2).</summary>
[CHeader("linux/sched.h")]
internal static class linux_sched
{
    public const int CLONE_NEWNS = 0x20000;
    public const int CLONE_NEWNET = 0x40000000;
}
