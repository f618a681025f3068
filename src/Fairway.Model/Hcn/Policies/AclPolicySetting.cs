namespace Fairway.Model.Hcn.Policies;

/// <summary>An access rule of an endpoint or, as NetworkACL, of a network (HCN schema, AclPolicySetting and NetworkAclPolicySetting).</summary>
public sealed record AclPolicySetting : FiveTuple
{
    /// <summary>Names the rule in counters and events.</summary>
    public string? Id { get; init; }
    /// <summary>What it does.</summary>
    public ActionType? Action { get; init; }
    /// <summary>Its direction.</summary>
    public DirectionType? Direction { get; init; }
    /// <summary>Where it is enforced.</summary>
    public RuleType? RuleType { get; init; }
}
