using System.Runtime.InteropServices;

namespace Fairway.Linux.Interop;

/// <summary>With the flags of the union behind the name.</summary>
[CHeader("sys/socket.h", "linux/if.h")]
[StructLayout(LayoutKind.Sequential, Size = 40)]
internal unsafe struct ifreq
{
    public fixed byte ifr_name[linux_if.IFNAMSIZ];
    public ushort ifr_flags;
}
