using Fairway.Linux.Interop;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Routing;

/// <summary>Changes of one link, made in one request; what is null stays as it is.</summary>
public sealed record LinkChange
{
    /// <summary>Whether the link is administratively up.</summary>
    public bool? Up { get; init; }

    /// <summary>
    /// A new name, which asks for the link to be named by index. Kernels before 6.2 rename only links that are down (EBUSY).
    /// </summary>
    public string? Name { get; init; }

    /// <summary>Ethernet address.</summary>
    public MacAddress? Mac { get; init; }

    /// <summary>Largest packet in bytes, without the Ethernet header.</summary>
    public uint? Mtu { get; init; }

    /// <summary>Link group; 0 is the default group.</summary>
    public uint? Group { get; init; }

    /// <summary>Length of the transmit queue in packets.</summary>
    public uint? TxQueueLength { get; init; }

    /// <summary>Whether the link uses ARP and neighbour discovery (false sets IFF_NOARP).</summary>
    public bool? Arp { get; init; }

    /// <summary>Whether the link takes frames for every Ethernet address.</summary>
    public bool? Promiscuous { get; init; }

    /// <summary>Whether the link takes every multicast frame.</summary>
    public bool? AllMulticast { get; init; }

    /// <summary>A description of up to 255 bytes; empty removes it.</summary>
    public string? Alias { get; init; }

    /// <summary>How IPv6 link-local addresses are made. EAFNOSUPPORT where IPv6 is off.</summary>
    public AddressGenerationMode? AddressGeneration { get; init; }

    /// <summary>Index of the bridge (or other master) to be a port of; 0 leaves the present one.</summary>
    public int? Master { get; init; }

    /// <summary>The namespace to move to. This waits for the kernel, about 19 ms: prefer to create links where they belong.</summary>
    public NetworkNamespace? Namespace { get; init; }

    internal void Write(ref NetlinkWriter writer, LinkRef link)
    {
        if (Name is not null && link.Index == 0)
            throw new ArgumentException($"renaming link '{link}' to '{Name}' needs the link's index", nameof(link));
        (uint flags, uint mask) = Flags();
        writer.WriteHeader(new ifinfomsg { ifi_index = link.Index, ifi_flags = flags, ifi_change = mask });
        link.WriteName(ref writer);
        if (Name is not null)
            writer.WriteString(linux_if_link.IFLA_IFNAME, Name);
        LinkSpec.WriteAttributes(ref writer, Mac, Mtu, Group, TxQueueLength, Namespace);
        if (Alias is not null)
            writer.WriteString(linux_if_link.IFLA_IFALIAS, Alias);
        if (Master is { } master)
            writer.Write(linux_if_link.IFLA_MASTER, master);
        if (AddressGeneration is { } mode)
            WriteAddressGeneration(ref writer, mode);
    }

    private static void WriteAddressGeneration(ref NetlinkWriter writer, AddressGenerationMode mode)
    {
        int families = writer.BeginNest(linux_if_link.IFLA_AF_SPEC);
        int inet6 = writer.BeginNest(sys_socket.AF_INET6);
        writer.Write(linux_if_link.IFLA_INET6_ADDR_GEN_MODE, (byte)mode);
        writer.EndNest(inet6);
        writer.EndNest(families);
    }

    private (uint Flags, uint Mask) Flags()
    {
        uint flags = 0;
        uint mask = 0;
        Set(Up, linux_if.IFF_UP);
        Set(!Arp, linux_if.IFF_NOARP);
        Set(Promiscuous, linux_if.IFF_PROMISC);
        Set(AllMulticast, linux_if.IFF_ALLMULTI);
        return (flags, mask);

        void Set(bool? on, int flag)
        {
            if (on is null)
                return;
            mask |= (uint)flag;
            flags |= on.Value ? (uint)flag : 0;
        }
    }
}
