using System.Runtime.InteropServices;

namespace Fairway.Linux.Interop;

/// <summary>poll(2).</summary>
[CHeader("poll.h")]
internal static class poll
{
    public const int POLLIN = 1;
    public const int POLLOUT = 4;
}

[CHeader("poll.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct pollfd
{
    public int fd;
    public short events;
    public short revents;
}
