using Fairway.Model.Policies;

namespace Fairway.Model.Flows;

/// <summary>The access rule that decided about a connection.</summary>
/// <param name="Policy">Which policy it is part of.</param>
/// <param name="Owner">Name of the endpoint or network it is of.</param>
/// <param name="Tier">Its tier, or null.</param>
/// <param name="Rule">Its id, or its number when it has none; null when no rule matched, which closes a direction that has some.</param>
/// <param name="Action">What it does.</param>
public sealed record FlowRule(PolicyKind Policy, string Owner, string? Tier, string? Rule, PolicyAction Action);
