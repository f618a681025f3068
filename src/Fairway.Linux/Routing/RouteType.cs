using Fairway.Linux.Interop;

namespace Fairway.Linux.Routing;

/// <summary>What happens to packets that match a route (<c>linux/rtnetlink.h</c>, RTN_*).</summary>
public enum RouteType : byte
{
    /// <summary>Not said; in deletions it matches every type.</summary>
    Unspecified = linux_rtnetlink.RTN_UNSPEC,

    /// <summary>Sent to a gateway or a link.</summary>
    Unicast = linux_rtnetlink.RTN_UNICAST,

    /// <summary>Taken by this host.</summary>
    Local = linux_rtnetlink.RTN_LOCAL,

    /// <summary>Taken by this host, sent as link broadcast.</summary>
    Broadcast = linux_rtnetlink.RTN_BROADCAST,

    /// <summary>Taken by this host, as one of several.</summary>
    Anycast = linux_rtnetlink.RTN_ANYCAST,

    /// <summary>Multicast.</summary>
    Multicast = linux_rtnetlink.RTN_MULTICAST,

    /// <summary>Dropped without a word.</summary>
    Blackhole = linux_rtnetlink.RTN_BLACKHOLE,

    /// <summary>Refused with ICMP host unreachable.</summary>
    Unreachable = linux_rtnetlink.RTN_UNREACHABLE,

    /// <summary>Refused with ICMP administratively prohibited.</summary>
    Prohibit = linux_rtnetlink.RTN_PROHIBIT,

    /// <summary>Looked up in the next table.</summary>
    Throw = linux_rtnetlink.RTN_THROW,
}
