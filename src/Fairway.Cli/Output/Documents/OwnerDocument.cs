namespace Fairway.Cli.Output.Documents;

/// <summary>Who asked for an endpoint.</summary>
internal sealed record OwnerDocument(string Engine, string Id, string? Name, string? Image, IReadOnlyDictionary<string, string>? Labels);
