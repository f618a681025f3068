using Fairway.Linux.Interop;

namespace Fairway.Linux.Routing;

/// <summary>Numbers of the routing tables every namespace has (<c>linux/rtnetlink.h</c>, RT_TABLE_*). Any 32-bit number from 1 names a table.</summary>
public static class RouteTable
{
    /// <summary>Looked up last; empty by default.</summary>
    public const uint Default = linux_rtnetlink.RT_TABLE_DEFAULT;

    /// <summary>Where routes are unless said otherwise.</summary>
    public const uint Main = linux_rtnetlink.RT_TABLE_MAIN;

    /// <summary>Addresses of this host, kept by the kernel.</summary>
    public const uint Local = linux_rtnetlink.RT_TABLE_LOCAL;
}
