using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Routing;

/// <summary>An address of a link, both as asked for and as listed (RTM_NEWADDR).</summary>
public sealed record InterfaceAddress
{
    /// <summary>Index of the link.</summary>
    public required int LinkIndex { get; init; }

    /// <summary>The address.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>Prefix length, 0 to 32 or 128.</summary>
    public required int PrefixLength { get; init; }

    /// <summary>Address of the other end of a point-to-point link; the prefix is then the peer's.</summary>
    public IPAddress? Peer { get; init; }

    /// <summary>Broadcast address (IPv4); none by default.</summary>
    public IPAddress? Broadcast { get; init; }

    /// <summary>How far the address is valid (IPv4); the kernel decides for IPv6.</summary>
    public RouteScope Scope { get; init; }

    /// <summary>Flags. <see cref="AddressFlags.NoDad"/> makes an IPv6 address usable at once.</summary>
    public AddressFlags Flags { get; init; }

    /// <summary>Label (IPv4): the link's name, or that with a colon and a suffix.</summary>
    public string? Label { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Address}/{PrefixLength} on link {LinkIndex}";

    internal void Write(ref NetlinkWriter writer)
    {
        bool v6 = Address.AddressFamily == AddressFamily.InterNetworkV6;
        int bits = v6 ? 128 : 32;
        if (PrefixLength < 0 || PrefixLength > bits)
            throw new ArgumentException($"address {Address} has a prefix length of {PrefixLength}; it must be between 0 and {bits}");
        writer.WriteHeader(new ifaddrmsg
        {
            ifa_family = (byte)(v6 ? sys_socket.AF_INET6 : sys_socket.AF_INET),
            ifa_prefixlen = (byte)PrefixLength,
            ifa_scope = (byte)Scope,
            ifa_index = (uint)LinkIndex,
        });
        // IFA_LOCAL is the link's own address; IFA_ADDRESS is the other end's, or the same again.
        writer.WriteAddress(linux_if_addr.IFA_LOCAL, Address);
        writer.WriteAddress(linux_if_addr.IFA_ADDRESS, Peer ?? Address);
        if (Broadcast is not null)
            writer.WriteAddress(linux_if_addr.IFA_BROADCAST, Broadcast);
        if (Label is not null)
            writer.WriteString(linux_if_addr.IFA_LABEL, Label);
        if (Flags != AddressFlags.None)
            writer.Write(linux_if_addr.IFA_FLAGS, (uint)Flags);
    }

    /// <summary>Reads RTM_NEWADDR and RTM_DELADDR: ifaddrmsg, then IFA_* attributes.</summary>
    internal static bool TryRead(in NetlinkMessage message, [MaybeNullWhen(false)] out InterfaceAddress address)
    {
        address = null;
        if (message.Type is not (linux_rtnetlink.RTM_NEWADDR or linux_rtnetlink.RTM_DELADDR))
            return false;
        ifaddrmsg header = message.Header<ifaddrmsg>();
        (IPAddress? local, IPAddress? other, IPAddress? broadcast) = (null, null, null);
        string? label = null;
        uint flags = header.ifa_flags;
        AttributeReader attributes = message.Attributes<ifaddrmsg>();
        while (attributes.Read(out NetlinkAttribute attribute))
        {
            switch (attribute.Type)
            {
                case linux_if_addr.IFA_LOCAL: local = attribute.AsAddress(); break;
                case linux_if_addr.IFA_ADDRESS: other = attribute.AsAddress(); break;
                case linux_if_addr.IFA_BROADCAST: broadcast = attribute.AsAddress(); break;
                case linux_if_addr.IFA_LABEL: label = attribute.AsString(); break;
                case linux_if_addr.IFA_FLAGS: flags = attribute.AsUInt32(); break;
            }
        }
        if ((local ?? other) is not { } own)
            return false;
        address = new InterfaceAddress
        {
            LinkIndex = (int)header.ifa_index,
            Address = own,
            PrefixLength = header.ifa_prefixlen,
            Peer = local is null || local.Equals(other) ? null : other,
            Broadcast = broadcast,
            Scope = (RouteScope)header.ifa_scope,
            Flags = (AddressFlags)flags,
            Label = label,
        };
        return true;
    }
}
