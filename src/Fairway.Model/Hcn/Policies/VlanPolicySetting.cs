using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>VLAN (HCN schema, VlanPolicySetting).</summary>
public sealed record VlanPolicySetting : HcnObject
{
    /// <summary>1 to 4094.</summary>
    public uint? IsolationId { get; init; }
}
