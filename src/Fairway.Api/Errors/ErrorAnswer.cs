using Fairway.Model.Errors;

namespace Fairway.Api.Errors;

/// <summary>An answer other than success, ready to be written.</summary>
internal sealed record ErrorAnswer(int Status, ErrorDocument Document)
{
    public static ErrorAnswer Of(FairwayException exception) => new(ErrorTable.Status(exception.Kind), ErrorDocument.From(exception));

    public static ErrorAnswer Of(ErrorKind kind, string error, uint? code = null, int? status = null) =>
        new(status ?? ErrorTable.Status(kind), new ErrorDocument(error, code ?? HcnErrorCode.ForKind(kind), kind, null, []));
}
