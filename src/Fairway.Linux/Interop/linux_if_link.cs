namespace Fairway.Linux.Interop;

/// <summary>Link attributes.</summary>
[CHeader("linux/if_link.h", "linux/veth.h")]
internal static class linux_if_link
{
    public const int IFLA_ADDRESS = 1;
    public const int IFLA_IFNAME = 3;
    public const int IFLA_MTU = 4;
    public const int IFLA_LINK = 5;
    public const int IFLA_MASTER = 10;
    public const int IFLA_TXQLEN = 13;
    public const int IFLA_OPERSTATE = 16;
    public const int IFLA_LINKINFO = 18;
    public const int IFLA_IFALIAS = 20;
    public const int IFLA_STATS64 = 23;
    public const int IFLA_AF_SPEC = 26;
    public const int IFLA_GROUP = 27;
    public const int IFLA_NET_NS_FD = 28;
    public const int IFLA_EXT_MASK = 29;
    public const int IFLA_NUM_TX_QUEUES = 31;
    public const int IFLA_NUM_RX_QUEUES = 32;
    public const int IFLA_LINK_NETNSID = 37;
    public const int IFLA_TARGET_NETNSID = 46;
    public const int IFLA_MAX_MTU = 51;
    public const int IFLA_PROP_LIST = 52;
    public const int IFLA_ALT_IFNAME = 53;
    public const int IFLA_PERM_ADDRESS = 54;
    public const int IFLA_XDP = 43;
    public const int IFLA_XDP_PROG_ID = 4;
    public const int IFLA_INFO_KIND = 1;
    public const int IFLA_INFO_DATA = 2;
    public const int IFLA_INFO_SLAVE_KIND = 4;
    public const int IFLA_INET6_ADDR_GEN_MODE = 8;

    public const int IN6_ADDR_GEN_MODE_EUI64 = 0;
    public const int IN6_ADDR_GEN_MODE_NONE = 1;
    public const int IN6_ADDR_GEN_MODE_STABLE_PRIVACY = 2;
    public const int IN6_ADDR_GEN_MODE_RANDOM = 3;

    public const int VETH_INFO_PEER = 1;

    public const int IFLA_VXLAN_ID = 1;
    public const int IFLA_VXLAN_LOCAL = 4;
    public const int IFLA_VXLAN_LEARNING = 7;
    public const int IFLA_VXLAN_PORT = 15;
    public const int IFLA_VXLAN_LOCAL6 = 17;
    public const int IFLA_VXLAN_UDP_CSUM = 18;
    public const int IFLA_VXLAN_UDP_ZERO_CSUM6_TX = 19;
    public const int IFLA_VXLAN_UDP_ZERO_CSUM6_RX = 20;
    public const int IFLA_VXLAN_COLLECT_METADATA = 25;
    public const int IFLA_BR_STP_STATE = 5;
    public const int IFLA_BR_MCAST_SNOOPING = 23;
}
