using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;
using Fairway.Linux.Routing;
using Fairway.Linux.Tc;

namespace Fairway.Linux.Events;

/// <summary>Reads notifications: each datagram holds one or several RTM_NEW* and RTM_DEL* messages, as in a dump.</summary>
internal static class RouteEventReader
{
    /// <summary>Reads a datagram. What cannot be read counts as lost: the reader looks again, rather than ends.</summary>
    public static void Read(ReadOnlySpan<byte> datagram, List<RouteEvent> events)
    {
        try
        {
            var reader = new NetlinkReader(datagram);
            while (reader.Read(out NetlinkMessage message))
            {
                if (Subject(message) is { } subject)
                    events.Add(new RouteEvent(IsRemoval(message.Type) ? RouteEventKind.Removed : RouteEventKind.Changed, subject));
            }
        }
        catch (InvalidDataException)
        {
            events.Add(RouteEvent.Lost);
        }
    }

    private static object? Subject(in NetlinkMessage message) => message.Type switch
    {
        linux_rtnetlink.RTM_NEWLINK or linux_rtnetlink.RTM_DELLINK => Link.TryRead(message, out Link? link) ? link : null,
        linux_rtnetlink.RTM_NEWADDR or linux_rtnetlink.RTM_DELADDR => InterfaceAddress.TryRead(message, out InterfaceAddress? address) ? address : null,
        linux_rtnetlink.RTM_NEWROUTE or linux_rtnetlink.RTM_DELROUTE => Route.TryRead(message, out Route? route) ? route : null,
        linux_rtnetlink.RTM_NEWRULE or linux_rtnetlink.RTM_DELRULE => RoutingRule.TryRead(message, out RoutingRule? rule) ? rule : null,
        linux_rtnetlink.RTM_NEWNEIGH or linux_rtnetlink.RTM_DELNEIGH => Neighbour.TryRead(message, out Neighbour? neighbour) ? neighbour : null,
        linux_rtnetlink.RTM_NEWQDISC or linux_rtnetlink.RTM_DELQDISC => Qdisc.TryRead(message, out Qdisc? qdisc) ? qdisc : null,
        linux_rtnetlink.RTM_NEWTFILTER or linux_rtnetlink.RTM_DELTFILTER => TcFilter.TryRead(message, out TcFilter? filter) ? filter : null,
        _ => null,
    };

    /// <summary>The types of a family are four in a row: new, delete, get, set.</summary>
    private static bool IsRemoval(ushort type) => (type & 3) == 1;
}
