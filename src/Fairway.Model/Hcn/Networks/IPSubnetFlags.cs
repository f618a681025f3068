using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Networks;

/// <summary>Switches of a part of a subnet (HCN schema, IPSubnetFlags). Numbers on the wire.</summary>
[Flags]
[JsonConverter(typeof(NumberConverter<IPSubnetFlags>))]
public enum IPSubnetFlags : uint
{
    /// <summary>Nothing set.</summary>
    None = 0,
    /// <summary>A broadcast domain.</summary>
    EnableBroadcast = 1,
    /// <summary>The network address is not given out.</summary>
    ReserveNetworkAddress = 2,
}
