using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Routing;

public sealed partial class RouteNetlink
{
    /// <summary>Adds a route.</summary>
    /// <param name="route">The route.</param>
    /// <exception cref="LinuxException">
    /// There is one with the same destination, table and metric (EEXIST), or its gateway cannot be reached (ENETUNREACH).
    /// </exception>
    public void AddRoute(Route route) => Change(route, static (batch, route) => batch.AddRoute(route));

    /// <summary>Adds a route in place of the one with the same destination, table and metric, if there is one.</summary>
    /// <param name="route">The route.</param>
    /// <exception cref="LinuxException">Its gateway cannot be reached (ENETUNREACH).</exception>
    public void ReplaceRoute(Route route) => Change(route, static (batch, route) => batch.ReplaceRoute(route));

    /// <summary>Deletes the first route that has everything this one says.</summary>
    /// <param name="route">The route.</param>
    /// <returns>False if there is none.</returns>
    public bool DeleteRoute(Route route) => Remove(route, static (batch, route) => batch.DeleteRoute(route), Errno.ESRCH, Errno.ENODEV);

    /// <summary>Lists routes of all tables, without cached ones.</summary>
    /// <param name="filter">Which; all of both families by default.</param>
    /// <returns>The routes, IPv4 first; none if there is no such table or link.</returns>
    public IReadOnlyList<Route> ListRoutes(RouteFilter? filter = null)
    {
        filter ??= new RouteFilter();
        if (filter.Family is { } family)
            return ListRoutes(filter, KernelAddress.Family(family));
        return [.. ListRoutes(filter, sys_socket.AF_INET), .. ListRoutes(filter, sys_socket.AF_INET6)];
    }

    /// <summary>Asks the kernel how it would route a packet of this host.</summary>
    /// <param name="destination">Where it goes to.</param>
    /// <param name="linkIndex">Index of the link its socket is bound to, or null.</param>
    /// <param name="mark">Its mark.</param>
    /// <returns>The route the packet takes, with the source address it gets in <see cref="Route.PreferredSource"/>.</returns>
    /// <exception cref="LinuxException">There is no route (ENETUNREACH), or one that refuses (EHOSTUNREACH, EACCES, EINVAL).</exception>
    public Route GetRoute(IPAddress destination, int? linkIndex = null, uint mark = 0)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var request = new NetlinkBatch();
        NetlinkWriter writer = request.Begin(linux_rtnetlink.RTM_GETROUTE, 0, "find route to", destination);
        bool v6 = destination.AddressFamily == AddressFamily.InterNetworkV6;
        writer.WriteHeader(new rtmsg
        {
            rtm_family = KernelAddress.Family(destination),
            rtm_dst_len = (byte)(v6 ? 128 : 32),
            // Without it IPv4 answers table main whatever the table was; IPv6 tells the right one, and refuses the flag.
            rtm_flags = v6 ? 0u : linux_rtnetlink.RTM_F_LOOKUP_TABLE,
        });
        writer.WriteAddress(linux_rtnetlink.RTA_DST, destination);
        if (linkIndex is { } link)
            writer.Write(linux_rtnetlink.RTA_OIF, link);
        if (mark != 0)
            writer.Write(linux_rtnetlink.RTA_MARK, mark);
        writer.Complete();
        return _socket.Request<Route>(request, Route.TryRead);
    }

    /// <summary>Asks the kernel how it would forward a packet that came in by a link.</summary>
    /// <param name="destination">Where it goes to.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="arrivingBy">Index of the link it came in by.</param>
    /// <returns>The route the packet takes.</returns>
    /// <exception cref="LinuxException">There is no route (ENETUNREACH), or one that refuses (EHOSTUNREACH, EACCES, EINVAL); the link does not forward (EHOSTUNREACH).</exception>
    public Route GetForwardingRoute(IPAddress destination, IPAddress source, int arrivingBy)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(source);
        var request = new NetlinkBatch();
        NetlinkWriter writer = request.Begin(linux_rtnetlink.RTM_GETROUTE, 0, "find route to", destination);
        bool v6 = destination.AddressFamily == AddressFamily.InterNetworkV6;
        byte bits = (byte)(v6 ? 128 : 32);
        writer.WriteHeader(new rtmsg
        {
            rtm_family = KernelAddress.Family(destination),
            rtm_dst_len = bits,
            rtm_src_len = bits,
            rtm_flags = v6 ? 0u : linux_rtnetlink.RTM_F_LOOKUP_TABLE,
        });
        writer.WriteAddress(linux_rtnetlink.RTA_DST, destination);
        writer.WriteAddress(linux_rtnetlink.RTA_SRC, source);
        writer.Write(linux_rtnetlink.RTA_IIF, arrivingBy);
        writer.Complete();
        return _socket.Request<Route>(request, Route.TryRead);
    }

    private IReadOnlyList<Route> ListRoutes(RouteFilter filter, byte family)
    {
        var request = new NetlinkBatch();
        NetlinkWriter writer = request.Begin(linux_rtnetlink.RTM_GETROUTE, 0, "list routes", "");
        writer.WriteHeader(new rtmsg { rtm_family = family, rtm_protocol = (byte)(filter.Protocol ?? 0) });
        if (filter.Table is { } table)
            writer.Write(linux_rtnetlink.RTA_TABLE, table);
        if (filter.LinkIndex is { } link)
            writer.Write(linux_rtnetlink.RTA_OIF, link);
        writer.Complete();
        try
        {
            // Old kernels ignore what they cannot filter by.
            return _socket.Dump(request, (in NetlinkMessage message, [MaybeNullWhen(false)] out Route route)
                => Route.TryRead(message, out route) && filter.Accepts(route));
        }
        catch (LinuxException e) when (e.Errno is Errno.ENOENT or Errno.ENODEV)
        {
            return [];
        }
    }
}
