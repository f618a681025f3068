using System.Net;

namespace Fairway.Model.Flows;

/// <summary>One report of the switch, with names in place of numbers; what <c>fairway monitor</c> shows.</summary>
/// <param name="Time">When the switch saw the packet.</param>
/// <param name="Kind">Drop or new connection.</param>
/// <param name="Reason">Why it was dropped; <see cref="DropReason.None"/> for a connection.</param>
/// <param name="Protocol">IP protocol number (IANA), or 0 when the packet was not IP.</param>
/// <param name="Source">Source address, or null when the packet was not IP.</param>
/// <param name="SourcePort">Source port, or 0.</param>
/// <param name="Destination">Destination address, or null.</param>
/// <param name="DestinationPort">Destination port, or 0.</param>
/// <param name="Network">Name of the network it happened on, or null.</param>
/// <param name="From">Name of the endpoint that sent it, or null for the host and the outside.</param>
/// <param name="To">Name of the endpoint it was for, or null for the host, the outside and nobody.</param>
/// <param name="Length">Length of the packet in bytes, its Ethernet header included.</param>
/// <param name="Missed">Events that were not reported since the last one of the same CPU (rate limit).</param>
/// <param name="OutRule">The access rule of the sender's side that decided, or null when none was asked.</param>
/// <param name="InRule">The access rule of the receiver's side that decided, or null when none was asked.</param>
public sealed record FlowEvent(DateTimeOffset Time, FlowEventKind Kind, DropReason Reason, byte Protocol, IPAddress? Source, ushort SourcePort,
    IPAddress? Destination, ushort DestinationPort, string? Network, string? From, string? To, uint Length, uint Missed,
    FlowRule? OutRule = null, FlowRule? InRule = null);
