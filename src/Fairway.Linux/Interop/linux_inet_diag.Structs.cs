using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fairway.Linux.Interop;

/// <summary>An address of either family in network byte order; IPv4 uses the first four bytes (<c>__be32 idiag_src[4]</c>).</summary>
[InlineArray(16)]
internal struct in_addr16
{
    private byte _element;
}

[CHeader("linux/inet_diag.h")]
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct inet_diag_sockid
{
    public ushort idiag_sport;
    public ushort idiag_dport;
    public in_addr16 idiag_src;
    public in_addr16 idiag_dst;
    public uint idiag_if;
    public fixed uint idiag_cookie[2];
}

[CHeader("linux/inet_diag.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct inet_diag_req_v2
{
    public byte sdiag_family;
    public byte sdiag_protocol;
    public byte idiag_ext;
    public byte pad;
    public uint idiag_states;
    public inet_diag_sockid id;
}

[CHeader("linux/inet_diag.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct inet_diag_msg
{
    public byte idiag_family;
    public byte idiag_state;
    public byte idiag_timer;
    public byte idiag_retrans;
    public inet_diag_sockid id;
    public uint idiag_expires;
    public uint idiag_rqueue;
    public uint idiag_wqueue;
    public uint idiag_uid;
    public uint idiag_inode;
}
