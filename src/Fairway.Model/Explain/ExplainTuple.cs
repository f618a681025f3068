using System.Net;

namespace Fairway.Model.Explain;

/// <summary>What tells a connection from others.</summary>
/// <param name="Protocol">IP protocol number (IANA).</param>
/// <param name="Source">Source address.</param>
/// <param name="SourcePort">Source port; null for ICMP, and where the switch chooses one.</param>
/// <param name="Destination">Destination address.</param>
/// <param name="DestinationPort">Destination port; null for ICMP.</param>
public sealed record ExplainTuple(byte Protocol, IPAddress Source, ushort? SourcePort, IPAddress Destination, ushort? DestinationPort);
