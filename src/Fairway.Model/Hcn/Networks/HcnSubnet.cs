using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Networks;

/// <summary>A subnet (HCN schema, Subnet).</summary>
public sealed record HcnSubnet : HcnResource
{
    /// <summary><c>192.168.100.0/24</c>.</summary>
    public string? IpAddressPrefix { get; init; }
    /// <summary>Policies.</summary>
    public IReadOnlyList<SubnetPolicy>? Policies { get; init; }
    /// <summary>The default route names the gateway.</summary>
    public IReadOnlyList<HcnRoute>? Routes { get; init; }
    /// <summary>Parts of the subnet (2.3).</summary>
    public IReadOnlyList<IpSubnet>? IpSubnets { get; init; }
    /// <summary>Switches (2.7).</summary>
    public SubnetFlags? Flags { get; init; }
}
