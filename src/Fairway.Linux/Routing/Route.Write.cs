using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Routing;

public sealed partial record Route
{
    internal void Write(ref NetlinkWriter writer, bool forDeletion)
    {
        IPAddress destination = Destination.BaseAddress;
        writer.WriteHeader(new rtmsg
        {
            rtm_family = KernelAddress.Family(destination),
            rtm_dst_len = (byte)Destination.PrefixLength,
            rtm_table = (byte)(Table <= byte.MaxValue ? Table : linux_rtnetlink.RT_TABLE_UNSPEC),
            rtm_protocol = (byte)Protocol,
            rtm_scope = (byte)(Scope ?? (forDeletion ? RouteScope.Nowhere : DefaultScope())),
            rtm_type = (byte)Type,
            rtm_flags = OnLink ? (uint)linux_rtnetlink.RTNH_F_ONLINK : 0,
        });
        writer.Write(linux_rtnetlink.RTA_TABLE, Table);
        if (Destination.PrefixLength > 0)
            writer.WriteAddress(linux_rtnetlink.RTA_DST, destination);
        if (LinkIndex is { } link)
            writer.Write(linux_rtnetlink.RTA_OIF, link);
        if (Gateway is not null)
            WriteGateway(ref writer, Gateway);
        if (PreferredSource is not null)
            writer.WriteAddress(linux_rtnetlink.RTA_PREFSRC, PreferredSource);
        if (Metric is { } metric)
            writer.Write(linux_rtnetlink.RTA_PRIORITY, metric);
        if (Mtu is { } mtu)
            WriteMtu(ref writer, mtu);
        if (NextHops.Count > 0)
            WriteNextHops(ref writer);
    }

    private static void WriteMtu(ref NetlinkWriter writer, uint mtu)
    {
        int metrics = writer.BeginNest(linux_rtnetlink.RTA_METRICS);
        writer.Write(linux_rtnetlink.RTAX_MTU, mtu);
        writer.EndNest(metrics);
    }

    private RouteScope DefaultScope() => Type switch
    {
        RouteType.Local => RouteScope.Host,
        RouteType.Broadcast or RouteType.Multicast or RouteType.Anycast => RouteScope.Link,
        RouteType.Unicast when Gateway is null && NextHops.Count == 0 && Destination.BaseAddress.AddressFamily == AddressFamily.InterNetwork => RouteScope.Link,
        _ => RouteScope.Universe,
    };

    /// <summary>A gateway of the other family is an RTA_VIA { u16 family, address }.</summary>
    private void WriteGateway(ref NetlinkWriter writer, IPAddress gateway)
    {
        if (gateway.AddressFamily == Destination.BaseAddress.AddressFamily)
        {
            writer.WriteAddress(linux_rtnetlink.RTA_GATEWAY, gateway);
            return;
        }
        Span<byte> via = stackalloc byte[sizeof(ushort) + 16];
        ushort family = KernelAddress.Family(gateway);
        Unsafe.WriteUnaligned(ref via[0], family);
        gateway.TryWriteBytes(via[sizeof(ushort)..], out int length);
        writer.WriteBytes(linux_rtnetlink.RTA_VIA, via[..(sizeof(ushort) + length)]);
    }

    /// <summary>RTA_MULTIPATH: rtnexthop (rtnh_len covers its attributes) and attributes, one behind the other.</summary>
    private void WriteNextHops(ref NetlinkWriter writer)
    {
        int multipath = writer.BeginNest(linux_rtnetlink.RTA_MULTIPATH);
        foreach (NextHop hop in NextHops)
        {
            if (hop.Weight is < 1 or > 256)
                throw new ArgumentException($"next hop of route '{this}' has a weight of {hop.Weight}; it must be between 1 and 256");
            int start = writer.Length;
            writer.WriteHeader(new rtnexthop
            {
                rtnh_flags = (byte)(hop.OnLink ? linux_rtnetlink.RTNH_F_ONLINK : 0),
                rtnh_hops = (byte)(hop.Weight - 1),
                rtnh_ifindex = hop.LinkIndex ?? 0,
            });
            if (hop.Gateway is not null)
                WriteGateway(ref writer, hop.Gateway);
            writer.EndNest(start); // rtnh_len stands where nla_len does
        }
        writer.EndNest(multipath);
    }
}
