namespace Fairway.Linux.Interop;

/// <summary>rtnetlink: message types, groups, routes, tc.</summary>
[CHeader("linux/rtnetlink.h", "linux/if_addr.h")]
internal static class linux_rtnetlink
{
    public const int RTM_NEWLINK = 16;
    public const int RTM_DELLINK = 17;
    public const int RTM_GETLINK = 18;
    public const int RTM_SETLINK = 19;
    public const int RTM_NEWADDR = 20;
    public const int RTM_DELADDR = 21;
    public const int RTM_GETADDR = 22;
    public const int RTM_NEWROUTE = 24;
    public const int RTM_DELROUTE = 25;
    public const int RTM_GETROUTE = 26;
    public const int RTM_NEWNEIGH = 28;
    public const int RTM_DELNEIGH = 29;
    public const int RTM_GETNEIGH = 30;
    public const int RTM_NEWRULE = 32;
    public const int RTM_DELRULE = 33;
    public const int RTM_GETRULE = 34;
    public const int RTM_NEWQDISC = 36;
    public const int RTM_DELQDISC = 37;
    public const int RTM_GETQDISC = 38;
    public const int RTM_NEWTFILTER = 44;
    public const int RTM_DELTFILTER = 45;
    public const int RTM_GETTFILTER = 46;
    public const int RTM_NEWLINKPROP = 108;
    public const int RTM_DELLINKPROP = 109;
    public const int RTM_NEWNSID = 88;
    public const int RTM_GETNSID = 90;

    public const int RTNLGRP_LINK = 1;
    public const int RTNLGRP_NEIGH = 3;
    public const int RTNLGRP_TC = 4;
    public const int RTNLGRP_IPV4_IFADDR = 5;
    public const int RTNLGRP_IPV4_ROUTE = 7;
    public const int RTNLGRP_IPV4_RULE = 8;
    public const int RTNLGRP_IPV6_IFADDR = 9;
    public const int RTNLGRP_IPV6_ROUTE = 11;
    public const int RTNLGRP_IPV6_RULE = 19;

    public const int RTN_UNSPEC = 0;
    public const int RTN_UNICAST = 1;
    public const int RTN_LOCAL = 2;
    public const int RTN_BROADCAST = 3;
    public const int RTN_ANYCAST = 4;
    public const int RTN_MULTICAST = 5;
    public const int RTN_BLACKHOLE = 6;
    public const int RTN_UNREACHABLE = 7;
    public const int RTN_PROHIBIT = 8;
    public const int RTN_THROW = 9;

    public const int RTPROT_UNSPEC = 0;
    public const int RTPROT_REDIRECT = 1;
    public const int RTPROT_KERNEL = 2;
    public const int RTPROT_BOOT = 3;
    public const int RTPROT_STATIC = 4;
    public const int RTPROT_RA = 9;
    public const int RTPROT_DHCP = 16;

    public const int RT_SCOPE_UNIVERSE = 0;
    public const int RT_SCOPE_SITE = 200;
    public const int RT_SCOPE_LINK = 253;
    public const int RT_SCOPE_HOST = 254;
    public const int RT_SCOPE_NOWHERE = 255;
    public const int RT_TABLE_UNSPEC = 0;
    public const int RT_TABLE_DEFAULT = 253;
    public const int RT_TABLE_MAIN = 254;
    public const int RT_TABLE_LOCAL = 255;

    public const int RTA_DST = 1;
    public const int RTA_SRC = 2;
    public const int RTA_IIF = 3;
    public const int RTA_OIF = 4;
    public const int RTA_GATEWAY = 5;
    public const int RTA_PRIORITY = 6;
    public const int RTA_PREFSRC = 7;
    public const int RTA_METRICS = 8;
    public const int RTA_MULTIPATH = 9;
    public const int RTA_TABLE = 15;
    public const int RTA_MARK = 16;
    public const int RTA_VIA = 18;

    public const int RTAX_MTU = 2;

    public const int RTNH_F_DEAD = 1;
    public const int RTNH_F_ONLINK = 4;

    public const int RTM_F_LOOKUP_TABLE = 0x1000;

    public const int RTEXT_FILTER_SKIP_STATS = 8;

    public const int TCA_KIND = 1;
    public const int TCA_OPTIONS = 2;
}
