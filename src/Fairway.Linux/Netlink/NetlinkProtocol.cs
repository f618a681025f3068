using Fairway.Linux.Interop;

namespace Fairway.Linux.Netlink;

/// <summary>The kernel subsystem a netlink socket talks to (<c>linux/netlink.h</c>).</summary>
public enum NetlinkProtocol
{
    /// <summary>Links, addresses, routes, neighbours, rules, traffic control.</summary>
    Route = linux_netlink.NETLINK_ROUTE,

    /// <summary>Sockets of the namespace.</summary>
    SocketDiag = linux_netlink.NETLINK_SOCK_DIAG,

    /// <summary>Netfilter: connection tracking, nf_tables, logging.</summary>
    Netfilter = linux_netlink.NETLINK_NETFILTER,

    /// <summary>Generic netlink.</summary>
    Generic = linux_netlink.NETLINK_GENERIC,
}
