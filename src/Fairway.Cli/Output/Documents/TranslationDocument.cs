namespace Fairway.Cli.Output.Documents;

/// <summary>How an endpoint's packets of one family are translated.</summary>
internal sealed record TranslationDocument(string Family, string? Source, IReadOnlyList<string> Destinations, IReadOnlyList<string> Exceptions, int? PortPoolUsage);
