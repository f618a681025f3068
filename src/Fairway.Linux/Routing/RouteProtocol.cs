using Fairway.Linux.Interop;

namespace Fairway.Linux.Routing;

/// <summary>
/// Who made a route, rule or neighbour (<c>linux/rtnetlink.h</c>, RTPROT_*). A program marks its own with a number of its own, cast to
/// this type; those above 4 mean nothing to the kernel.
/// </summary>
public enum RouteProtocol : byte
{
    /// <summary>Not said.</summary>
    Unspecified = linux_rtnetlink.RTPROT_UNSPEC,

    /// <summary>An ICMP redirect.</summary>
    Redirect = linux_rtnetlink.RTPROT_REDIRECT,

    /// <summary>The kernel, as with an address's prefix route.</summary>
    Kernel = linux_rtnetlink.RTPROT_KERNEL,

    /// <summary>Boot scripts; what <c>ip route add</c> uses.</summary>
    Boot = linux_rtnetlink.RTPROT_BOOT,

    /// <summary>An administrator.</summary>
    Static = linux_rtnetlink.RTPROT_STATIC,

    /// <summary>A router advertisement.</summary>
    RouterAdvertisement = linux_rtnetlink.RTPROT_RA,

    /// <summary>A DHCP client.</summary>
    Dhcp = linux_rtnetlink.RTPROT_DHCP,
}
