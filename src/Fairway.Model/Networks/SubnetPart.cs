using System.Net;
using System.Text.Json.Serialization;
using Fairway.Model.Addressing;

namespace Fairway.Model.Networks;

/// <summary>A part of a subnet that endpoints get their addresses from (HCN: IpSubnet).</summary>
/// <param name="Prefix">The part, inside its subnet.</param>
public sealed record SubnetPart(IPNetwork Prefix)
{
    /// <summary>Identity, by which HCN's endpoints name it; null derives one from the network and the prefixes.</summary>
    public Guid? Id { get; init; }
    /// <summary>Whether no endpoint is given its first address.</summary>
    public bool ReservesFirst { get; init; }

    /// <summary>The address no endpoint is given, or null.</summary>
    [JsonIgnore]
    public IPAddress? Reserved => ReservesFirst ? Prefix.First : null;
}
