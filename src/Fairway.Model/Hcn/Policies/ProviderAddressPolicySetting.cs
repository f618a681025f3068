using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>A provider address (HCN schema, ProviderAddressEndpointPolicySetting and ProviderAddressNetworkPolicySetting).</summary>
public sealed record ProviderAddressPolicySetting : HcnObject
{
    /// <summary>The address.</summary>
    public string? ProviderAddress { get; init; }
}
