using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Whose firewall (HCN schema, FirewallPolicySetting, 2.16).</summary>
public sealed record FirewallPolicySetting : HcnObject
{
    /// <summary>Whose.</summary>
    public FirewallVMType? VmType { get; init; }
    /// <summary>Switches.</summary>
    public FirewallPolicyFlags? FirewallPolicyFlags { get; init; }
}
