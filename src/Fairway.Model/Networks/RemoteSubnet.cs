using System.Net;
using Fairway.Model.Addressing;

namespace Fairway.Model.Networks;

/// <summary>A part of an overlay network that is on another host.</summary>
/// <param name="Prefix">The addresses there.</param>
/// <param name="VirtualSubnet">Id of the virtual subnet packets to it are sent in.</param>
/// <param name="ProviderAddress">The other host.</param>
/// <param name="RouterMac">MAC of its gateway, to which frames are addressed.</param>
public sealed record RemoteSubnet(IPNetwork Prefix, uint VirtualSubnet, IPAddress ProviderAddress, MacAddress RouterMac);
