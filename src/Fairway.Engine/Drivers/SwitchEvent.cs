using System.Net;
using Fairway.Model.Flows;

namespace Fairway.Engine.Drivers;

/// <summary>One report of the switch, by numbers.</summary>
/// <param name="Time">When the switch saw the packet.</param>
/// <param name="Kind">Drop or new connection.</param>
/// <param name="Reason">Why it was dropped.</param>
/// <param name="Protocol">IP protocol number, 0 when the packet was not IP.</param>
/// <param name="Network">Network number, or 0.</param>
/// <param name="InPort">Port number of the sender, or 0.</param>
/// <param name="OutPort">Port number of the receiver, or 0.</param>
/// <param name="Source">Source address, or null.</param>
/// <param name="SourcePort">Source port, or 0.</param>
/// <param name="Destination">Destination address, or null.</param>
/// <param name="DestinationPort">Destination port, or 0.</param>
/// <param name="Length">Bytes of the packet.</param>
/// <param name="Missed">Events lost since the last one.</param>
/// <param name="OutRule">The sender's access rule that decided.</param>
/// <param name="InRule">The receiver's access rule that decided.</param>
public sealed record SwitchEvent(DateTimeOffset Time, FlowEventKind Kind, DropReason Reason, byte Protocol, uint Network, uint InPort, uint OutPort,
    IPAddress? Source, ushort SourcePort, IPAddress? Destination, ushort DestinationPort, uint Length, uint Missed,
    DecidingRule OutRule = default, DecidingRule InRule = default);
