using System.Diagnostics.CodeAnalysis;
using Fairway.Api.Hns;
using Fairway.Api.Http;
using Fairway.Model.Errors;

namespace Fairway.Api.Errors;

/// <summary>Turns whatever went wrong below into the one error document, unknown paths and methods included.</summary>
internal sealed class ErrorBoundary(ILogger logger)
{
    [SuppressMessage("Design", "CA1031", Justification = "this is the boundary: nothing but the error document may get past it")]
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            if (!context.Response.HasStarted && Unanswered(context) is { } answer) await WriteAsync(context, answer);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client left; there is nobody to answer.
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, Describe(context.Request, failure));
        }
        catch (Exception failure)
        {
            logger.LogError(failure, "{Method} {Path}: failed in the middle of the answer", context.Request.Method, context.Request.Path);
            context.Abort();
        }
    }

    private static Task WriteAsync(HttpContext context, ErrorAnswer answer) =>
        HnsAnswer.IsFor(context.Request) ? HnsAnswer.WriteErrorAsync(context, answer) : JsonAnswer.WriteErrorAsync(context, answer);

    private ErrorAnswer Describe(HttpRequest request, Exception failure)
    {
        if (failure is BadHttpRequestException bad) return BadRequest(bad);
        if (failure is FairwayException { Kind: not ErrorKind.Internal } known) return ErrorAnswer.Of(known);
        logger.LogError(failure, "{Method} {Path}", request.Method, request.Path);
        return failure is FairwayException defect
            ? ErrorAnswer.Of(defect)
            : ErrorAnswer.Of(ErrorKind.Internal, $"{request.Method} {request.Path}: {failure.Message}; the daemon's log says more");
    }

    /// <summary>Kestrel found fault with the body: too long, too slow, cut short.</summary>
    private static ErrorAnswer BadRequest(BadHttpRequestException bad)
    {
        var error = bad.StatusCode switch
        {
            StatusCodes.Status413PayloadTooLarge => $"the request body is longer than {ApiLimits.BodyBytes} bytes; ask for less at a time",
            StatusCodes.Status408RequestTimeout => "the request body did not arrive in time",
            _ => bad.Message,
        };
        return ErrorAnswer.Of(ErrorKind.InvalidArgument, error, HcnErrorCode.InvalidJson, bad.StatusCode);
    }

    /// <summary>Routing found no path, or no such method on it, and wrote nothing.</summary>
    private static ErrorAnswer? Unanswered(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound =>
            ErrorAnswer.Of(ErrorKind.NotFound, $"nothing is at '{context.Request.Path}'; GET /openapi.json lists what is"),
        StatusCodes.Status405MethodNotAllowed => ErrorAnswer.Of(ErrorKind.Unsupported,
            $"{context.Request.Method} does not apply to '{context.Request.Path}'; it takes {context.Response.Headers.Allow}",
            status: StatusCodes.Status405MethodNotAllowed),
        _ => null,
    };
}
