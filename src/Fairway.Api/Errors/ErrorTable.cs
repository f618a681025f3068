using Fairway.Model.Errors;

namespace Fairway.Api.Errors;

/// <summary>
/// The one table from <see cref="ErrorKind"/> to HTTP. The HCN code beside it is the exception's own, or <see cref="HcnErrorCode.ForKind"/>.
/// </summary>
public static class ErrorTable
{
    public static int Status(ErrorKind kind) => kind switch
    {
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.AlreadyExists => StatusCodes.Status409Conflict,
        ErrorKind.InvalidArgument => StatusCodes.Status400BadRequest,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.Exhausted => StatusCodes.Status507InsufficientStorage,
        ErrorKind.Unsupported => StatusCodes.Status501NotImplemented,
        ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };
}
