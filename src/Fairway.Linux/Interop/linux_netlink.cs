namespace Fairway.Linux.Interop;

/// <summary>Netlink transport: protocols, header flags, control messages, socket options.</summary>
[CHeader("linux/netlink.h")]
internal static class linux_netlink
{
    public const int NETLINK_ROUTE = 0;
    public const int NETLINK_SOCK_DIAG = 4;
    public const int NETLINK_NETFILTER = 12;
    public const int NETLINK_GENERIC = 16;

    public const int NLM_F_REQUEST = 1;
    public const int NLM_F_ACK = 4;
    public const int NLM_F_DUMP_INTR = 0x10;
    public const int NLM_F_DUMP = 0x300;
    public const int NLM_F_REPLACE = 0x100;
    public const int NLM_F_EXCL = 0x200;
    public const int NLM_F_CREATE = 0x400;
    public const int NLM_F_APPEND = 0x800;
    public const int NLM_F_CAPPED = 0x100;
    public const int NLM_F_ACK_TLVS = 0x200;

    public const int NLMSG_ERROR = 2;
    public const int NLMSG_DONE = 3;
    public const int NLMSG_MIN_TYPE = 16;
    public const int NLMSG_ALIGNTO = 4;

    public const int NETLINK_ADD_MEMBERSHIP = 1;
    public const int NETLINK_CAP_ACK = 10;
    public const int NETLINK_EXT_ACK = 11;
    public const int NETLINK_GET_STRICT_CHK = 12;

    public const int NLMSGERR_ATTR_MSG = 1;
    public const int NLMSGERR_ATTR_OFFS = 2;
    public const int NLMSGERR_ATTR_MISS_TYPE = 5;

    public const int NLA_F_NESTED = 0x8000;
    public const int NLA_F_NET_BYTEORDER = 0x4000;
    public const int NLA_TYPE_MASK = -49153;
    public const int NLA_ALIGNTO = 4;
}
