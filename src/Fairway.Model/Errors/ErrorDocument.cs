using System.Collections.Immutable;
using Fairway.Model.Collections;

namespace Fairway.Model.Errors;

/// <summary>The body of every answer other than success, on /hcn and /v1 alike; HCN clients read the first three members.</summary>
/// <param name="Error">The whole message: operation, object in quotes, cause, remedy.</param>
/// <param name="ErrorCode">An HRESULT; see <see cref="HcnErrorCode"/>.</param>
/// <param name="Kind">How the caller can react.</param>
/// <param name="Subject">The object in question, or null.</param>
/// <param name="Findings">Everything wrong with the request, with JSON paths; empty for other errors.</param>
public sealed record ErrorDocument(string Error, uint ErrorCode, ErrorKind Kind, string? Subject, ImmutableArray<Finding> Findings)
{
    /// <summary>Always false: the member by which HCN clients tell an error record from an answer.</summary>
    public bool Success { get; init; }

    /// <inheritdoc cref="ErrorDocument(string, uint, ErrorKind, string?, ImmutableArray{Finding})"/>
    public ImmutableArray<Finding> Findings { get; init => field = value.OrEmpty(); } = Findings.OrEmpty();

    /// <summary>The document for an exception.</summary>
    public static ErrorDocument From(FairwayException exception) =>
        new(exception.Message, exception.HcnCode ?? HcnErrorCode.ForKind(exception.Kind), exception.Kind, exception.Subject, exception.Findings);

    /// <summary>The exception for a document, on the client's side.</summary>
    public FairwayException ToException() => new(Kind, Subject ?? "", Error, ErrorCode) { Findings = Findings };
}
