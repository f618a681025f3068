using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>The NIC, by name (HCN schema, NetAdapterNameNetworkPolicySetting).</summary>
public sealed record NetAdapterNameNetworkPolicySetting : HcnObject
{
    /// <summary>Its name.</summary>
    public string? NetworkAdapterName { get; init; }
}
