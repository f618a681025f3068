using Fairway.Model.Policies;

namespace Fairway.Dataplane.Policies;

/// <summary>A tier: which, and the number the image knows it by.</summary>
internal sealed record RuleTier(PolicyDirection Direction, PolicyKind Kind, ushort Order, string Name)
{
    public static RuleTier Of(AclRule rule) => new(rule.Direction, rule.Kind, rule.Order, rule.Tier ?? "");
}
