using System.Net;

namespace Fairway.Model.Explain;

/// <summary>How a packet leaves this host.</summary>
/// <param name="Device">Name of the host's device.</param>
/// <param name="NextHop">The router it is sent to, or null when the destination is on the link.</param>
/// <param name="Mtu">Largest packet that goes that way, in bytes; 0 when it is not known.</param>
public sealed record ExplainRoute(string Device, IPAddress? NextHop, int Mtu);
