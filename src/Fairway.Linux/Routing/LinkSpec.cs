using Fairway.Linux.Interop;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Routing;

/// <summary>A link to be created; one record per kind. What is left out, the kernel chooses.</summary>
public abstract record LinkSpec
{
    /// <summary>Name: 1 to 15 bytes, without slash, colon and white space.</summary>
    public required string Name { get; init; }

    /// <summary>Kind as <c>ip link</c> calls it: <c>veth</c>, <c>bridge</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>Interface index, at least 1; EBUSY if it is taken.</summary>
    public int? Index { get; init; }

    /// <summary>Ethernet address.</summary>
    public MacAddress? Mac { get; init; }

    /// <summary>Largest packet in bytes, without the Ethernet header.</summary>
    public uint? Mtu { get; init; }

    /// <summary>Link group; links of one group can be deleted in one request.</summary>
    public uint? Group { get; init; }

    /// <summary>Length of the transmit queue in packets.</summary>
    public uint? TxQueueLength { get; init; }

    /// <summary>Number of transmit queues.</summary>
    public uint? TxQueues { get; init; }

    /// <summary>Number of receive queues.</summary>
    public uint? RxQueues { get; init; }

    /// <summary>Index of the bridge (or other master) to be a port of.</summary>
    public int? Master { get; init; }

    /// <summary>Whether the link is created up.</summary>
    public bool Up { get; init; }

    /// <summary>The namespace to be born in; by default that of the socket.</summary>
    public NetworkNamespace? Namespace { get; init; }

    /// <inheritdoc/>
    public sealed override string ToString() => Name;

    internal void Write(ref NetlinkWriter writer)
    {
        uint flags = Up ? (uint)linux_if.IFF_UP : 0;
        writer.WriteHeader(new ifinfomsg { ifi_index = Index ?? 0, ifi_flags = flags, ifi_change = flags });
        writer.WriteString(linux_if_link.IFLA_IFNAME, Name);
        WriteAttributes(ref writer, Mac, Mtu, Group, TxQueueLength, Namespace);
        WriteQueues(ref writer, TxQueues, RxQueues);
        if (Master is { } master)
            writer.Write(linux_if_link.IFLA_MASTER, master);
        int linkInfo = writer.BeginNest(linux_if_link.IFLA_LINKINFO);
        writer.WriteString(linux_if_link.IFLA_INFO_KIND, Kind);
        int data = writer.BeginNest(linux_if_link.IFLA_INFO_DATA);
        WriteData(ref writer);
        writer.EndNest(data);
        writer.EndNest(linkInfo);
    }

    internal static void WriteAttributes(
        ref NetlinkWriter writer, MacAddress? mac, uint? mtu, uint? group, uint? txQueueLength, NetworkNamespace? networkNamespace)
    {
        if (mac is { } address)
            writer.WriteMac(linux_if_link.IFLA_ADDRESS, address);
        if (mtu is { } size)
            writer.Write(linux_if_link.IFLA_MTU, size);
        if (group is { } number)
            writer.Write(linux_if_link.IFLA_GROUP, number);
        if (txQueueLength is { } length)
            writer.Write(linux_if_link.IFLA_TXQLEN, length);
        if (networkNamespace is not null)
            writer.Write(linux_if_link.IFLA_NET_NS_FD, networkNamespace.Descriptor.Number);
    }

    private protected static void WriteQueues(ref NetlinkWriter writer, uint? transmit, uint? receive)
    {
        if (transmit is { } txQueues)
            writer.Write(linux_if_link.IFLA_NUM_TX_QUEUES, txQueues);
        if (receive is { } rxQueues)
            writer.Write(linux_if_link.IFLA_NUM_RX_QUEUES, rxQueues);
    }

    /// <summary>Writes what only this kind has (IFLA_INFO_DATA).</summary>
    private protected virtual void WriteData(ref NetlinkWriter writer)
    {
    }
}
