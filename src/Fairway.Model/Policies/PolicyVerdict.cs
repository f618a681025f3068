namespace Fairway.Model.Policies;

/// <summary>What access rules say about a connection.</summary>
/// <param name="Allowed">Whether it may be.</param>
/// <param name="Rule">The rule that decided; null when no rule matched: open without rules in its direction, closed with.</param>
public sealed record PolicyVerdict(bool Allowed, AclRule? Rule);
