using System.Net;
using Fairway.Model.Addressing;

namespace Fairway.Engine.Plan;

/// <summary>Addresses that are on another host.</summary>
/// <param name="Prefix">The addresses.</param>
/// <param name="VirtualSubnet">Id of the virtual subnet packets to them are sent in.</param>
/// <param name="ProviderAddress">The other host.</param>
/// <param name="MacAddress">What frames are addressed to.</param>
/// <param name="IsRouted">Whether that is the other host's router, or the endpoint itself.</param>
public sealed record RemotePrefix(IPNetwork Prefix, uint VirtualSubnet, IPAddress ProviderAddress, MacAddress MacAddress, bool IsRouted);
