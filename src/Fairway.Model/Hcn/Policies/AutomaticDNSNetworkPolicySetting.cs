using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>Name service by the host (HCN schema, AutomaticDNSNetworkPolicySetting).</summary>
public sealed record AutomaticDNSNetworkPolicySetting : HcnObject
{
    /// <summary>Whether it is on.</summary>
    public bool? Enable { get; init; }
}
