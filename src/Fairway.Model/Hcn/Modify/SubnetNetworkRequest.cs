using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Modify;

/// <summary>Settings of a modify request about subnets (HCN schema, SubnetNetworkRequest, 2.6).</summary>
public sealed record SubnetNetworkRequest : HcnObject
{
    /// <summary>The subnets.</summary>
    public IReadOnlyList<HcnSubnet>? Subnets { get; init; }
}
