namespace Fairway.Linux.Interop;

/// <summary>nf_tables, as far as it is read here.</summary>
[CHeader("linux/netfilter.h", "linux/netfilter/nfnetlink.h", "linux/netfilter/nf_tables.h")]
internal static class linux_nf_tables
{
    public const byte NFNETLINK_V0 = 0;
    public const int NFNL_SUBSYS_NFTABLES = 10;

    public const int NFT_MSG_NEWCHAIN = 3;
    public const int NFT_MSG_GETCHAIN = 4;

    public const int NFTA_CHAIN_TABLE = 1;
    public const int NFTA_CHAIN_NAME = 3;
    public const int NFTA_CHAIN_HOOK = 4;
    public const int NFTA_CHAIN_POLICY = 5;
    public const int NFTA_HOOK_HOOKNUM = 1;
    public const int NFTA_HOOK_PRIORITY = 2;

    public const int NFPROTO_UNSPEC = 0;
    public const int NFPROTO_INET = 1;
    public const int NFPROTO_IPV4 = 2;
    public const int NFPROTO_ARP = 3;
    public const int NFPROTO_NETDEV = 5;
    public const int NFPROTO_BRIDGE = 7;
    public const int NFPROTO_IPV6 = 10;

    public const int NF_INET_PRE_ROUTING = 0;
    public const int NF_INET_LOCAL_IN = 1;
    public const int NF_INET_FORWARD = 2;
    public const int NF_INET_LOCAL_OUT = 3;
    public const int NF_INET_POST_ROUTING = 4;
    public const int NF_INET_INGRESS = 5;

    public const int NF_DROP = 0;
    public const int NF_ACCEPT = 1;
}
