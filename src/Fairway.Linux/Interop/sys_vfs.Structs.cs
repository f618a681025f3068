using System.Runtime.InteropServices;

namespace Fairway.Linux.Interop;

/// <summary>The leading part, the same on every 64-bit architecture.</summary>
[CHeader("sys/vfs.h")]
[StructLayout(LayoutKind.Sequential, Size = 120)]
internal struct statfs
{
    public nint f_type;
    public nint f_bsize;
}
