using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Protocols of policies, by IP protocol number (HCN schema, ProtocolType). Numbers on the wire.</summary>
[JsonConverter(typeof(NumberConverter<ProtocolType>))]
public enum ProtocolType : uint
{
    /// <summary>Not given.</summary>
    Unknown = 0,
    /// <summary>ICMP.</summary>
    ICMPv4 = 1,
    /// <summary>IGMP.</summary>
    IGMP = 2,
    /// <summary>TCP.</summary>
    TCP = 6,
    /// <summary>UDP.</summary>
    UDP = 17,
    /// <summary>ICMPv6.</summary>
    ICMPv6 = 58,
}
