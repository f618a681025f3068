using System.Net;
using Fairway.Model.Addressing;

namespace Fairway.Model.Explain;

/// <summary>The VXLAN envelope a packet travels to another host in.</summary>
/// <param name="VirtualSubnet">Id of the virtual subnet.</param>
/// <param name="ProviderAddress">The other host.</param>
/// <param name="LocalAddress">This host's address towards it; null leaves it to the host's routes.</param>
/// <param name="UdpPort">UDP port of VXLAN.</param>
/// <param name="MacAddress">What the frame inside is addressed to.</param>
public sealed record ExplainEncapsulation(uint VirtualSubnet, IPAddress ProviderAddress, IPAddress? LocalAddress, ushort UdpPort, MacAddress MacAddress);
