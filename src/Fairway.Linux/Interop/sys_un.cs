using System.Runtime.InteropServices;

namespace Fairway.Linux.Interop;

[CHeader("sys/un.h")]
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct sockaddr_un
{
    public const int PathLength = 108;

    public ushort sun_family;
    public fixed byte sun_path[PathLength];
}
