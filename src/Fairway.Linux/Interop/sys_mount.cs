namespace Fairway.Linux.Interop;

/// <summary>mount(2) and umount2(2) flags.</summary>
[CHeader("sys/mount.h")]
internal static class sys_mount
{
    public const int MS_NOSUID = 2;
    public const int MS_NODEV = 4;
    public const int MS_NOEXEC = 8;
    public const int MS_BIND = 0x1000;
    public const int MS_REC = 0x4000;
    public const int MS_SLAVE = 0x80000;
    public const int MS_SHARED = 0x100000;

    public const int MNT_DETACH = 2;
}
