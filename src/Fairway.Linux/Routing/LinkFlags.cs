using Fairway.Linux.Interop;

namespace Fairway.Linux.Routing;

/// <summary>Interface flags (<c>linux/if.h</c>, IFF_*).</summary>
[Flags]
public enum LinkFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>Administratively up.</summary>
    Up = linux_if.IFF_UP,

    /// <summary>Has a broadcast address.</summary>
    Broadcast = linux_if.IFF_BROADCAST,

    /// <summary>The loopback interface.</summary>
    Loopback = linux_if.IFF_LOOPBACK,

    /// <summary>Has exactly one peer.</summary>
    PointToPoint = linux_if.IFF_POINTOPOINT,

    /// <summary>Operationally up.</summary>
    Running = linux_if.IFF_RUNNING,

    /// <summary>Uses neither ARP nor neighbour discovery.</summary>
    NoArp = linux_if.IFF_NOARP,

    /// <summary>Takes frames for every Ethernet address.</summary>
    Promiscuous = linux_if.IFF_PROMISC,

    /// <summary>Takes every multicast frame.</summary>
    AllMulticast = linux_if.IFF_ALLMULTI,

    /// <summary>Port of another link.</summary>
    Slave = linux_if.IFF_SLAVE,

    /// <summary>Can multicast.</summary>
    Multicast = linux_if.IFF_MULTICAST,

    /// <summary>Has a carrier.</summary>
    LowerUp = linux_if.IFF_LOWER_UP,
}
