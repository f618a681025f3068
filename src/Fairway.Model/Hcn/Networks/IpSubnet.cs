using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Networks;

/// <summary>A part of a subnet (HCN schema, IpSubnet, 2.3).</summary>
public sealed record IpSubnet : HcnResource
{
    /// <summary><c>192.168.100.0/25</c>.</summary>
    public string? IpAddressPrefix { get; init; }
    /// <summary>Switches (2.5).</summary>
    public IPSubnetFlags? Flags { get; init; }
}
