using System.Runtime.InteropServices;

namespace Fairway.Linux.Interop;

/// <summary>Packet sockets.</summary>
[CHeader("linux/if_packet.h", "sys/socket.h")]
internal static class linux_if_packet
{
    public const int SOL_PACKET = 263;

    public const int PACKET_ADD_MEMBERSHIP = 1;
    public const int PACKET_STATISTICS = 6;
    public const int PACKET_IGNORE_OUTGOING = 23;
    public const int PACKET_MR_PROMISC = 1;

    public const int PACKET_OUTGOING = 4;
}

[CHeader("linux/if_packet.h")]
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct sockaddr_ll
{
    public ushort sll_family;
    public ushort sll_protocol;
    public int sll_ifindex;
    public ushort sll_hatype;
    public byte sll_pkttype;
    public byte sll_halen;
    public fixed byte sll_addr[8];
}

[CHeader("linux/if_packet.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct tpacket_stats
{
    public uint tp_packets;
    public uint tp_drops;
}

[CHeader("linux/if_packet.h")]
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct packet_mreq
{
    public int mr_ifindex;
    public ushort mr_type;
    public ushort mr_alen;
    public fixed byte mr_address[8];
}
