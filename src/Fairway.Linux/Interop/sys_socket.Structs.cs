using System.Runtime.InteropServices;

namespace Fairway.Linux.Interop;

[CHeader("sys/socket.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct ucred
{
    public int pid;
    public uint uid;
    public uint gid;
}
