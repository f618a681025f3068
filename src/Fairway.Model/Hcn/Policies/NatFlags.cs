using System.Text.Json.Serialization;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Switches of a published port (HCN schema, NatFlags). Numbers on the wire.</summary>
[Flags]
[JsonConverter(typeof(NumberConverter<NatFlags>))]
public enum NatFlags : uint
{
    /// <summary>Nothing set.</summary>
    None = 0,
    /// <summary>The VIP is routed to this host.</summary>
    LocalRoutedVip = 1,
    /// <summary>The mapping is for IPv6 (2.8).</summary>
    IPv6 = 2,
    /// <summary>The caller holds the host port already; sent by hns.v2.psm1.</summary>
    ExternalPortReserved = 4,
}
