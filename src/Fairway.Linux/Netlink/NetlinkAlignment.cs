using Fairway.Linux.Interop;

namespace Fairway.Linux.Netlink;

/// <summary>Messages and attributes begin on multiples of four (NLMSG_ALIGNTO, NLA_ALIGNTO).</summary>
internal static class NetlinkAlignment
{
    public static int Align(int length) => (length + linux_netlink.NLMSG_ALIGNTO - 1) & ~(linux_netlink.NLMSG_ALIGNTO - 1);
}
