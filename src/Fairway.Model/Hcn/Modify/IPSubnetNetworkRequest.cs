using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Modify;

/// <summary>Settings of a modify request about parts of a subnet (HCN schema, IPSubnetNetworkRequest, 2.6).</summary>
public sealed record IPSubnetNetworkRequest : HcnObject
{
    /// <summary>The subnet.</summary>
    public Guid? SubnetId { get; init; }
    /// <summary>Its parts.</summary>
    public IReadOnlyList<IpSubnet>? IpSubnets { get; init; }
}
