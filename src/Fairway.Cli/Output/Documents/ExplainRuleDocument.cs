namespace Fairway.Cli.Output.Documents;

/// <summary>An access rule that decided; without a <c>Rule</c>, none matched and the direction is closed for that.</summary>
internal sealed record ExplainRuleDocument(string Policy, string Owner, string? Tier, string? Rule, string Action);
