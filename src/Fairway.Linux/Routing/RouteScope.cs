using Fairway.Linux.Interop;

namespace Fairway.Linux.Routing;

/// <summary>Distance to a destination, or validity of an address (<c>linux/rtnetlink.h</c>, RT_SCOPE_*).</summary>
public enum RouteScope : byte
{
    /// <summary>Anywhere.</summary>
    Universe = linux_rtnetlink.RT_SCOPE_UNIVERSE,

    /// <summary>Inside the site (IPv6).</summary>
    Site = linux_rtnetlink.RT_SCOPE_SITE,

    /// <summary>On the link.</summary>
    Link = linux_rtnetlink.RT_SCOPE_LINK,

    /// <summary>On this host.</summary>
    Host = linux_rtnetlink.RT_SCOPE_HOST,

    /// <summary>Nowhere.</summary>
    Nowhere = linux_rtnetlink.RT_SCOPE_NOWHERE,
}
