using System.Runtime.InteropServices;

namespace Fairway.Linux.Interop;

/// <summary>statx(2): unlike struct stat the same on every architecture.</summary>
[CHeader("linux/stat.h")]
internal static class linux_stat
{
    public const int STATX_TYPE = 1;
    public const int STATX_INO = 0x100;

    public const int S_IFMT = 0xF000;
    public const int S_IFSOCK = 0xC000;
}

[CHeader("linux/stat.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct statx_timestamp
{
    public long tv_sec;
    public uint tv_nsec;
    public int __reserved;
}

/// <summary>The leading part; the kernel's struct is 256 bytes long.</summary>
[CHeader("linux/stat.h")]
[StructLayout(LayoutKind.Sequential, Size = 256)]
internal struct statx
{
    public uint stx_mask;
    public uint stx_blksize;
    public ulong stx_attributes;
    public uint stx_nlink;
    public uint stx_uid;
    public uint stx_gid;
    public ushort stx_mode;
    public ushort __spare0;
    public ulong stx_ino;
    public ulong stx_size;
    public ulong stx_blocks;
    public ulong stx_attributes_mask;
    public statx_timestamp stx_atime;
    public statx_timestamp stx_btime;
    public statx_timestamp stx_ctime;
    public statx_timestamp stx_mtime;
    public uint stx_rdev_major;
    public uint stx_rdev_minor;
    public uint stx_dev_major;
    public uint stx_dev_minor;
}
