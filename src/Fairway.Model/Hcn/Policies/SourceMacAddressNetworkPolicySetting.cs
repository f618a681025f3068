using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Source MAC (HCN schema, SourceMacAddressNetworkPolicySetting).</summary>
public sealed record SourceMacAddressNetworkPolicySetting : HcnObject
{
    /// <summary>The MAC.</summary>
    public string? SourceMacAddress { get; init; }
}
