namespace Fairway.Linux.Interop;

/// <summary>open(2) flags.</summary>
[CHeader("fcntl.h")]
internal static class fcntl
{
    public const int O_RDONLY = 0;
    public const int O_WRONLY = 1;
    public const int O_RDWR = 2;
    public const int O_CREAT = 64;
    public const int O_EXCL = 128;
    public const int O_CLOEXEC = 0x80000;
    public const int O_NONBLOCK = 0x800;

    public const int F_DUPFD_CLOEXEC = 1030;

    public const int AT_FDCWD = -100;
    public const int AT_SYMLINK_NOFOLLOW = 0x100;
    public const int AT_EMPTY_PATH = 0x1000;
}
