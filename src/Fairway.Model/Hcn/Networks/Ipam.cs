using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Networks;

/// <summary>Subnets and who gives their addresses out (HCN schema, Ipam).</summary>
public sealed record Ipam : HcnObject
{
    /// <summary>Who gives addresses out; missing means Static.</summary>
    public IpamType? Type { get; init; }
    /// <summary>Subnets.</summary>
    public IReadOnlyList<HcnSubnet>? Subnets { get; init; }
}
