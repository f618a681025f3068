using Fairway.Model.Hcn.Wire;

namespace Fairway.Model.Hcn.Policies;

/// <summary>A tier of access rules (HCN schema, TierAclPolicySetting, 2.10).</summary>
public sealed record TierAclPolicySetting : HcnObject
{
    /// <summary>Name of the tier.</summary>
    public string? Name { get; init; }
    /// <summary>Its direction.</summary>
    public DirectionType? Direction { get; init; }
    /// <summary>Tiers are walked in this order.</summary>
    public ushort? Order { get; init; }
    /// <summary>Its rules.</summary>
    public IReadOnlyList<TierAclRule>? TierAclRules { get; init; }
}
