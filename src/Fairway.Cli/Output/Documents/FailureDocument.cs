namespace Fairway.Cli.Output.Documents;

/// <summary>Why a command failed, as <c>--output json</c> writes it to standard error.</summary>
/// <param name="Kind">As <see cref="Model.Errors.ErrorKind"/>, or <c>Usage</c>.</param>
/// <param name="Message">Operation, object, cause, remedy.</param>
/// <param name="ExitCode">The command's exit code.</param>
/// <param name="Findings">Every single thing wrong with what was asked, where there is more than one to say.</param>
internal sealed record FailureDocument(string Kind, string Message, int ExitCode, IReadOnlyList<FindingDocument> Findings);
