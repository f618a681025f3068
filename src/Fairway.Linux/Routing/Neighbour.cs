using System.Diagnostics.CodeAnalysis;
using System.Net;
using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Routing;

/// <summary>The Ethernet address of an IP address on a link, both as asked for and as listed (RTM_NEWNEIGH).</summary>
public sealed record Neighbour
{
    /// <summary>Index of the link.</summary>
    public required int LinkIndex { get; init; }

    /// <summary>IP address.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>Ethernet address, or null while it is not known.</summary>
    public MacAddress? Mac { get; init; }

    /// <summary>State; an entry with <see cref="NeighbourState.Permanent"/> is never questioned nor collected.</summary>
    public NeighbourState State { get; init; } = NeighbourState.Permanent;

    /// <summary>Who made it (Linux 4.20).</summary>
    public RouteProtocol Protocol { get; init; }

    /// <summary>Whether it is a router (IPv6).</summary>
    public bool IsRouter { get; init; }

    /// <summary>Whether this host answers for the address, rather than asks for it. Then there is no Ethernet address.</summary>
    public bool IsProxy { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Address} on link {LinkIndex}";

    internal void Write(ref NetlinkWriter writer)
    {
        writer.WriteHeader(new ndmsg
        {
            ndm_family = KernelAddress.Family(Address),
            ndm_ifindex = LinkIndex,
            ndm_state = (ushort)State,
            ndm_flags = (byte)((IsRouter ? linux_neighbour.NTF_ROUTER : 0) | (IsProxy ? linux_neighbour.NTF_PROXY : 0)),
        });
        writer.WriteAddress(linux_neighbour.NDA_DST, Address);
        if (Mac is { } mac)
            writer.WriteMac(linux_neighbour.NDA_LLADDR, mac);
        if (Protocol != RouteProtocol.Unspecified)
            writer.Write(linux_neighbour.NDA_PROTOCOL, (byte)Protocol);
    }

    /// <summary>Reads RTM_NEWNEIGH and RTM_DELNEIGH: ndmsg, then NDA_* attributes.</summary>
    internal static bool TryRead(in NetlinkMessage message, [MaybeNullWhen(false)] out Neighbour neighbour)
    {
        neighbour = null;
        if (message.Type is not (linux_rtnetlink.RTM_NEWNEIGH or linux_rtnetlink.RTM_DELNEIGH))
            return false;
        ndmsg header = message.Header<ndmsg>();
        if (KernelAddress.ToManaged(header.ndm_family) is null)
            return false;
        IPAddress? address = null;
        MacAddress? mac = null;
        byte protocol = 0;
        AttributeReader attributes = message.Attributes<ndmsg>();
        while (attributes.Read(out NetlinkAttribute attribute))
        {
            switch (attribute.Type)
            {
                case linux_neighbour.NDA_DST: address = attribute.AsAddress(); break;
                case linux_neighbour.NDA_LLADDR when attribute.Value.Length == 6: mac = new MacAddress(attribute.Value); break;
                case linux_neighbour.NDA_PROTOCOL: protocol = attribute.AsByte(); break;
            }
        }
        if (address is null)
            return false;
        neighbour = new Neighbour
        {
            LinkIndex = header.ndm_ifindex,
            Address = address,
            Mac = mac,
            State = (NeighbourState)header.ndm_state,
            Protocol = (RouteProtocol)protocol,
            IsRouter = (header.ndm_flags & linux_neighbour.NTF_ROUTER) != 0,
            IsProxy = (header.ndm_flags & linux_neighbour.NTF_PROXY) != 0,
        };
        return true;
    }
}
