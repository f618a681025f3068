using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Networks;

/// <summary>Switches of a subnet (HCN schema, SubnetFlags). Numbers on the wire.</summary>
[Flags]
[JsonConverter(typeof(NumberConverter<SubnetFlags>))]
public enum SubnetFlags : uint
{
    /// <summary>Nothing set.</summary>
    None = 0,
    /// <summary>The gateway address may be given to an endpoint.</summary>
    DoNotReserveGatewayAddress = 1,
}
