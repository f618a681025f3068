namespace Fairway.Model.Hcn.Policies;

/// <summary>A rule of a tier (HCN schema, TierAclRule, 2.10).</summary>
public sealed record TierAclRule : FiveTuple
{
    /// <summary>Names the rule in counters and events.</summary>
    public string? Id { get; init; }
    /// <summary>What it does.</summary>
    public ActionType? TierAclRuleAction { get; init; }
}
