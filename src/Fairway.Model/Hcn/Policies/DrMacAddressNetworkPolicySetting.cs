using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>MAC of the distributed router (HCN schema, DrMacAddressNetworkPolicySetting).</summary>
public sealed record DrMacAddressNetworkPolicySetting : HcnObject
{
    /// <summary>The MAC.</summary>
    public string? Address { get; init; }
}
