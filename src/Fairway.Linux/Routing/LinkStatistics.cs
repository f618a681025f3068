using Fairway.Linux.Interop;

namespace Fairway.Linux.Routing;

/// <summary>Counters of a link since it was created (<c>linux/if_link.h</c>, rtnl_link_stats64).</summary>
/// <param name="RxPackets">Packets received.</param>
/// <param name="TxPackets">Packets sent.</param>
/// <param name="RxBytes">Bytes received, Ethernet headers included.</param>
/// <param name="TxBytes">Bytes sent, Ethernet headers included.</param>
/// <param name="RxErrors">Packets received damaged.</param>
/// <param name="TxErrors">Packets that could not be sent.</param>
/// <param name="RxDropped">Packets received and dropped for want of room.</param>
/// <param name="TxDropped">Packets dropped on the way out.</param>
/// <param name="Multicast">Multicast packets received.</param>
public sealed record LinkStatistics(
    ulong RxPackets,
    ulong TxPackets,
    ulong RxBytes,
    ulong TxBytes,
    ulong RxErrors,
    ulong TxErrors,
    ulong RxDropped,
    ulong TxDropped,
    ulong Multicast)
{
    internal static LinkStatistics From(in rtnl_link_stats64 stats) => new(
        stats.rx_packets,
        stats.tx_packets,
        stats.rx_bytes,
        stats.tx_bytes,
        stats.rx_errors,
        stats.tx_errors,
        stats.rx_dropped,
        stats.tx_dropped,
        stats.multicast);
}
