using Fairway.Linux.Interop;

namespace Fairway.Linux.Netfilter;

/// <summary>Whose packets a chain sees (<c>linux/netfilter.h</c>, NFPROTO_*).</summary>
public enum ChainFamily
{
    /// <summary>IPv4 and IPv6.</summary>
    Inet = linux_nf_tables.NFPROTO_INET,

    /// <summary>IPv4.</summary>
    IPv4 = linux_nf_tables.NFPROTO_IPV4,

    /// <summary>ARP.</summary>
    Arp = linux_nf_tables.NFPROTO_ARP,

    /// <summary>Everything a device receives or sends.</summary>
    Device = linux_nf_tables.NFPROTO_NETDEV,

    /// <summary>What bridges forward.</summary>
    Bridge = linux_nf_tables.NFPROTO_BRIDGE,

    /// <summary>IPv6.</summary>
    IPv6 = linux_nf_tables.NFPROTO_IPV6,
}
