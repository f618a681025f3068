using System.Diagnostics.CodeAnalysis;
using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Routing;

public sealed partial record Link
{
    /// <summary>
    /// Reads RTM_NEWLINK and RTM_DELLINK: ifinfomsg, then IFLA_* attributes. Messages of a family (AF_BRIDGE: a port joined or left its bridge)
    /// are not about the link itself.
    /// </summary>
    internal static bool TryRead(in NetlinkMessage message, [MaybeNullWhen(false)] out Link link)
    {
        link = null;
        if (message.Type is not (linux_rtnetlink.RTM_NEWLINK or linux_rtnetlink.RTM_DELLINK))
            return false;
        ifinfomsg header = message.Header<ifinfomsg>();
        if (header.ifi_family != sys_socket.AF_UNSPEC)
            return false;
        var fields = new Fields();
        AttributeReader attributes = message.Attributes<ifinfomsg>();
        while (attributes.Read(out NetlinkAttribute attribute))
            fields.Take(attribute);
        link = fields.Build(header);
        return true;
    }

    private static MacAddress? ReadMac(NetlinkAttribute attribute)
        => attribute.Value.Length == 6 ? new MacAddress(attribute.Value) : null;

    /// <summary>Collects attributes; a record would be copied for each.</summary>
    private struct Fields
    {
        private string? _name;
        private string? _kind;
        private string? _portKind;
        private string? _alias;
        private MacAddress? _mac;
        private MacAddress? _permanentMac;
        private OperationalState _state;
        private uint _mtu;
        private uint _maxMtu;
        private uint _group;
        private uint _txQueueLength;
        private uint _xdp;
        private int? _master;
        private int? _linked;
        private int? _linkedNamespace;
        private AddressGenerationMode? _generation;
        private LinkStatistics? _statistics;
        private VxlanLink? _vxlan;
        private List<string>? _alternativeNames;

        public void Take(NetlinkAttribute attribute)
        {
            switch (attribute.Type)
            {
                case linux_if_link.IFLA_IFNAME: _name = attribute.AsString(); break;
                case linux_if_link.IFLA_ADDRESS: _mac = ReadMac(attribute); break;
                case linux_if_link.IFLA_PERM_ADDRESS: _permanentMac = ReadMac(attribute); break;
                case linux_if_link.IFLA_MTU: _mtu = attribute.AsUInt32(); break;
                case linux_if_link.IFLA_MAX_MTU: _maxMtu = attribute.AsUInt32(); break;
                case linux_if_link.IFLA_GROUP: _group = attribute.AsUInt32(); break;
                case linux_if_link.IFLA_TXQLEN: _txQueueLength = attribute.AsUInt32(); break;
                case linux_if_link.IFLA_OPERSTATE: _state = (OperationalState)attribute.AsByte(); break;
                case linux_if_link.IFLA_MASTER: _master = attribute.AsInt32(); break;
                case linux_if_link.IFLA_LINK: _linked = attribute.AsInt32(); break;
                case linux_if_link.IFLA_LINK_NETNSID: _linkedNamespace = attribute.AsInt32(); break;
                case linux_if_link.IFLA_IFALIAS: _alias = attribute.AsString(); break;
                case linux_if_link.IFLA_STATS64: _statistics = LinkStatistics.From(attribute.As<rtnl_link_stats64>()); break;
                case linux_if_link.IFLA_LINKINFO: TakeLinkInfo(attribute.Nested()); break;
                case linux_if_link.IFLA_AF_SPEC: TakeFamilies(attribute.Nested()); break;
                case linux_if_link.IFLA_PROP_LIST: TakeNames(attribute.Nested()); break;
                case linux_if_link.IFLA_XDP: TakeXdp(attribute.Nested()); break;
            }
        }

        public readonly Link Build(in ifinfomsg header) => new()
        {
            Index = header.ifi_index,
            Name = _name ?? "",
            Kind = _kind,
            PortKind = _portKind,
            HardwareType = header.ifi_type,
            Flags = (LinkFlags)header.ifi_flags,
            State = _state,
            Mac = _mac,
            PermanentMac = _permanentMac,
            Mtu = _mtu,
            MaxMtu = _maxMtu,
            Group = _group,
            TxQueueLength = _txQueueLength,
            Master = _master,
            LinkedIndex = _linked is 0 ? null : _linked,
            LinkedNamespaceId = _linkedNamespace,
            Alias = _alias,
            AlternativeNames = _alternativeNames ?? (IReadOnlyList<string>)[],
            AddressGeneration = _generation,
            XdpProgramId = _xdp,
            Vxlan = _vxlan,
            Statistics = _statistics,
        };

        private void TakeLinkInfo(AttributeReader info)
        {
            while (info.Read(out NetlinkAttribute attribute))
            {
                switch (attribute.Type)
                {
                    case linux_if_link.IFLA_INFO_KIND: _kind = attribute.AsString(); break;
                    case linux_if_link.IFLA_INFO_SLAVE_KIND: _portKind = attribute.AsString(); break;
                    case linux_if_link.IFLA_INFO_DATA when _kind == "vxlan": TakeVxlan(attribute.Nested()); break;
                }
            }
        }

        private void TakeVxlan(AttributeReader data)
        {
            (bool collect, uint id, ushort port) = (false, 0u, (ushort)0);
            while (data.Read(out NetlinkAttribute attribute))
            {
                switch (attribute.Type)
                {
                    case linux_if_link.IFLA_VXLAN_ID: id = attribute.AsUInt32(); break;
                    case linux_if_link.IFLA_VXLAN_PORT: port = attribute.AsUInt16BigEndian(); break;
                    case linux_if_link.IFLA_VXLAN_COLLECT_METADATA: collect = attribute.AsByte() != 0; break;
                }
            }
            _vxlan = new VxlanLink(collect, id, port);
        }

        private void TakeFamilies(AttributeReader families)
        {
            while (families.Read(out NetlinkAttribute family))
            {
                if (family.Type != sys_socket.AF_INET6)
                    continue;
                AttributeReader inet6 = family.Nested();
                while (inet6.Read(out NetlinkAttribute attribute))
                {
                    if (attribute.Type == linux_if_link.IFLA_INET6_ADDR_GEN_MODE)
                        _generation = (AddressGenerationMode)attribute.AsByte();
                }
            }
        }

        private void TakeNames(AttributeReader list)
        {
            while (list.Read(out NetlinkAttribute attribute))
            {
                if (attribute.Type == linux_if_link.IFLA_ALT_IFNAME)
                    (_alternativeNames ??= []).Add(attribute.AsString());
            }
        }

        private void TakeXdp(AttributeReader xdp)
        {
            while (xdp.Read(out NetlinkAttribute attribute))
            {
                if (attribute.Type == linux_if_link.IFLA_XDP_PROG_ID)
                    _xdp = attribute.AsUInt32();
            }
        }
    }
}
