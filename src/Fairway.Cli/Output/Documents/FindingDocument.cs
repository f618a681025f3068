namespace Fairway.Cli.Output.Documents;

/// <summary>One thing wrong with what was asked.</summary>
/// <param name="Path">JSON path of the field in the request.</param>
/// <param name="Message">Object, cause and remedy.</param>
internal sealed record FindingDocument(string Path, string Message);
