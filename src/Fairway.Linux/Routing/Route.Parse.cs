using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Routing;

public sealed partial record Route
{
    /// <summary>Reads RTM_NEWROUTE and RTM_DELROUTE: rtmsg, then RTA_* attributes. Other families (multicast routing, MPLS) are passed over.</summary>
    internal static bool TryRead(in NetlinkMessage message, [MaybeNullWhen(false)] out Route route)
    {
        route = null;
        if (message.Type is not (linux_rtnetlink.RTM_NEWROUTE or linux_rtnetlink.RTM_DELROUTE))
            return false;
        rtmsg header = message.Header<rtmsg>();
        if (KernelAddress.ToManaged(header.rtm_family) is null)
            return false;
        var fields = new Fields { Table = header.rtm_table };
        AttributeReader attributes = message.Attributes<rtmsg>();
        while (attributes.Read(out NetlinkAttribute attribute))
            fields.Take(attribute);
        route = fields.Build(header);
        return true;
    }

    private static List<NextHop> ReadNextHops(ReadOnlySpan<byte> bytes)
    {
        var hops = new List<NextHop>();
        int size = Unsafe.SizeOf<rtnexthop>();
        while (bytes.Length >= size)
        {
            rtnexthop header = MemoryMarshal.Read<rtnexthop>(bytes);
            if (header.rtnh_len < size || header.rtnh_len > bytes.Length)
                throw new InvalidDataException($"next hop says {header.rtnh_len} bytes where {bytes.Length} are left");
            IPAddress? gateway = null;
            var attributes = new AttributeReader(bytes[size..header.rtnh_len]);
            while (attributes.Read(out NetlinkAttribute attribute))
            {
                gateway = attribute.Type switch
                {
                    linux_rtnetlink.RTA_GATEWAY => attribute.AsAddress(),
                    linux_rtnetlink.RTA_VIA => KernelAddress.ReadVia(attribute),
                    _ => gateway,
                };
            }
            hops.Add(new NextHop(header.rtnh_ifindex, gateway, header.rtnh_hops + 1, (header.rtnh_flags & linux_rtnetlink.RTNH_F_ONLINK) != 0));
            bytes = bytes[Math.Min(NetlinkAlignment.Align(header.rtnh_len), bytes.Length)..];
        }
        return hops;
    }

    /// <summary>Collects attributes; a record would be copied for each.</summary>
    private struct Fields
    {
        public uint Table;
        private IPAddress? _destination;
        private IPAddress? _gateway;
        private IPAddress? _source;
        private int? _link;
        private uint? _metric;
        private uint? _mtu;
        private List<NextHop>? _hops;

        public void Take(NetlinkAttribute attribute)
        {
            switch (attribute.Type)
            {
                case linux_rtnetlink.RTA_DST: _destination = attribute.AsAddress(); break;
                case linux_rtnetlink.RTA_GATEWAY: _gateway = attribute.AsAddress(); break;
                case linux_rtnetlink.RTA_VIA: _gateway = KernelAddress.ReadVia(attribute); break;
                case linux_rtnetlink.RTA_PREFSRC: _source = attribute.AsAddress(); break;
                case linux_rtnetlink.RTA_OIF: _link = attribute.AsInt32(); break;
                case linux_rtnetlink.RTA_PRIORITY: _metric = attribute.AsUInt32(); break;
                case linux_rtnetlink.RTA_TABLE: Table = attribute.AsUInt32(); break;
                case linux_rtnetlink.RTA_METRICS: TakeMetrics(attribute.Nested()); break;
                case linux_rtnetlink.RTA_MULTIPATH: _hops = ReadNextHops(attribute.Value); break;
            }
        }

        public readonly Route Build(in rtmsg header) => new()
        {
            Destination = KernelAddress.Network(header.rtm_family, _destination, header.rtm_dst_len),
            Gateway = _gateway,
            LinkIndex = _link,
            OnLink = (header.rtm_flags & linux_rtnetlink.RTNH_F_ONLINK) != 0,
            Table = Table,
            Protocol = (RouteProtocol)header.rtm_protocol,
            Type = (RouteType)header.rtm_type,
            Scope = (RouteScope)header.rtm_scope,
            PreferredSource = _source,
            Metric = _metric,
            Mtu = _mtu,
            NextHops = _hops ?? (IReadOnlyList<NextHop>)[],
            IsDead = (header.rtm_flags & linux_rtnetlink.RTNH_F_DEAD) != 0,
        };

        private void TakeMetrics(AttributeReader metrics)
        {
            while (metrics.Read(out NetlinkAttribute attribute))
            {
                if (attribute.Type == linux_rtnetlink.RTAX_MTU)
                    _mtu = attribute.AsUInt32();
            }
        }
    }
}
