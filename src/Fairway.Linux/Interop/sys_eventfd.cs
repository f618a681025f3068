namespace Fairway.Linux.Interop;

/// <summary>eventfd(2).</summary>
[CHeader("sys/eventfd.h")]
internal static class sys_eventfd
{
    public const int EFD_CLOEXEC = 0x80000;
    public const int EFD_NONBLOCK = 0x800;
}
