using System.Runtime.InteropServices;

namespace Fairway.Linux.Interop;

/// <summary>Classic BPF, as sockets filter with it.</summary>
[CHeader("linux/filter.h")]
internal static class linux_filter
{
    public const int BPF_LD = 0;
    public const int BPF_LDX = 1;
    public const int BPF_JMP = 5;
    public const int BPF_RET = 6;

    public const int BPF_H = 8;
    public const int BPF_B = 16;

    public const int BPF_ABS = 0x20;
    public const int BPF_IND = 0x40;
    public const int BPF_MSH = 0xA0;

    public const int BPF_JEQ = 0x10;
    public const int BPF_JSET = 0x40;
    public const int BPF_K = 0;
}

[CHeader("linux/filter.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct sock_filter
{
    public ushort code;
    public byte jt;
    public byte jf;
    public uint k;
}

[CHeader("linux/filter.h")]
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct sock_fprog
{
    public ushort len;
    public sock_filter* filter;
}
