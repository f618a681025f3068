using System.Net;

namespace Fairway.Model.Policies;

/// <summary>What access rules see of a connection's first packet.</summary>
/// <param name="Direction">Seen from the endpoint.</param>
/// <param name="Local">The endpoint's address.</param>
/// <param name="Remote">The other address, as the endpoint knows it: what it called, or who calls.</param>
/// <param name="Protocol">IP protocol number (IANA).</param>
/// <param name="LocalPort">TCP and UDP; else 0.</param>
/// <param name="RemotePort">TCP and UDP; else 0.</param>
/// <param name="Icmp">Type and code of ICMP and ICMPv6, the code never null; else null.</param>
public sealed record PolicyTuple(PolicyDirection Direction, IPAddress Local, IPAddress Remote, byte Protocol, ushort LocalPort = 0, ushort RemotePort = 0, IcmpMessage? Icmp = null);
