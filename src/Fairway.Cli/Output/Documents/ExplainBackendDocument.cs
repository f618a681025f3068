namespace Fairway.Cli.Output.Documents;

/// <summary>A backend that may get the connection; <c>Reason</c> is why it would not, or null.</summary>
internal sealed record ExplainBackendDocument(string Endpoint, string Network, string Address, int? Port, string? Reason, ExplainRuleDocument? Rule);
