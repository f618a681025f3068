using System.Runtime.InteropServices;

namespace Fairway.Linux.Interop;

[CHeader("sys/time.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct timeval
{
    public nint tv_sec;
    public nint tv_usec;
}

[CHeader("time.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct timespec
{
    public nint tv_sec;
    public nint tv_nsec;
}
