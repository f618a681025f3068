using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Networks;

/// <summary>Who gives addresses out (HCN schema, IpamType).</summary>
[JsonConverter(typeof(NameConverter<IpamType>))]
public enum IpamType
{
    /// <summary>The service.</summary>
    Static,
    /// <summary>A DHCP server.</summary>
    Dhcp,
}
