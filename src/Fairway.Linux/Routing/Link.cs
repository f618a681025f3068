namespace Fairway.Linux.Routing;

/// <summary>A link as the kernel describes it (RTM_NEWLINK).</summary>
public sealed partial record Link
{
    /// <summary>Interface index, unique in its namespace.</summary>
    public required int Index { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Kind (<c>veth</c>, <c>bridge</c>), or null for hardware and loopback.</summary>
    public string? Kind { get; init; }

    /// <summary>Kind of the master it is a port of, or null.</summary>
    public string? PortKind { get; init; }

    /// <summary>Hardware type (<c>linux/if_arp.h</c>, ARPHRD_*): 1 Ethernet, 772 loopback, 65534 without a link-layer header.</summary>
    public ushort HardwareType { get; init; }

    /// <summary>Flags.</summary>
    public LinkFlags Flags { get; init; }

    /// <summary>Operational state.</summary>
    public OperationalState State { get; init; }

    /// <summary>Ethernet address, if it has one.</summary>
    public MacAddress? Mac { get; init; }

    /// <summary>The address the hardware came with, if the driver tells.</summary>
    public MacAddress? PermanentMac { get; init; }

    /// <summary>Largest packet in bytes, without the Ethernet header.</summary>
    public uint Mtu { get; init; }

    /// <summary>Largest <see cref="Mtu"/> it can be given; 0 if the driver does not tell.</summary>
    public uint MaxMtu { get; init; }

    /// <summary>Link group.</summary>
    public uint Group { get; init; }

    /// <summary>Length of the transmit queue in packets.</summary>
    public uint TxQueueLength { get; init; }

    /// <summary>Index of the bridge (or other master) it is a port of, or null.</summary>
    public int? Master { get; init; }

    /// <summary>
    /// Index of the link it hangs on (IFLA_LINK), or null: the peer of a veth, the lower link of a VLAN. In the namespace
    /// <see cref="LinkedNamespaceId"/> names, if that is not null.
    /// </summary>
    public int? LinkedIndex { get; init; }

    /// <summary>Namespace of <see cref="LinkedIndex"/>, as numbered by this namespace (IFLA_LINK_NETNSID); null for the same.</summary>
    public int? LinkedNamespaceId { get; init; }

    /// <summary>Description given to it, or null.</summary>
    public string? Alias { get; init; }

    /// <summary>Alternative names.</summary>
    public IReadOnlyList<string> AlternativeNames { get; init; } = [];

    /// <summary>How IPv6 link-local addresses are made, or null where IPv6 is off.</summary>
    public AddressGenerationMode? AddressGeneration { get; init; }

    /// <summary>Id of the XDP program attached to it, or 0.</summary>
    public uint XdpProgramId { get; init; }

    /// <summary>What only VXLAN links have, or null.</summary>
    public VxlanLink? Vxlan { get; init; }

    /// <summary>Counters; in events they may be missing.</summary>
    public LinkStatistics? Statistics { get; init; }

    /// <summary>Whether it is administratively up.</summary>
    public bool IsUp => (Flags & LinkFlags.Up) != 0;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
