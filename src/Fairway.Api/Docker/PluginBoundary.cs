using System.Diagnostics.CodeAnalysis;
using Fairway.Api.Access;
using Fairway.Api.Docker.Wire;
using Fairway.Api.Http;
using Fairway.Model.Errors;
using Microsoft.AspNetCore.Http.Features;

namespace Fairway.Api.Docker;

/// <summary>
/// Answers in the error form of Docker's plugin protocol. What was understood and refused is status 200 with an error, as the protocol has it;
/// another status says that the request itself was wrong (libnetwork, docs/remote.md). Docker shows the text to its user.
/// </summary>
internal sealed class PluginBoundary(PeerAccess access, ILogger logger)
{
    [SuppressMessage("Design", "CA1031", Justification = "this is the boundary: nothing but the error form may get past it")]
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            var peer = context.Features.GetRequiredFeature<Peer>();
            if (!access.Allows(peer))
                await WriteAsync(context, StatusCodes.Status403Forbidden, access.Refusal(peer));
            else
                await next(context);
            if (!context.Response.HasStarted && context.Response.StatusCode is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed)
                await WriteAsync(context, context.Response.StatusCode, $"{context.Request.Method} {context.Request.Path} is no method of a network or IPAM driver");
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Docker left; there is nobody to answer.
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, StatusOf(failure), Describe(context.Request, failure));
        }
    }

    private string Describe(HttpRequest request, Exception failure)
    {
        switch (failure)
        {
            case FairwayException { Kind: not ErrorKind.Internal }:
                logger.LogInformation("{Path}: {Message}", request.Path, failure.Message);
                return failure.Message;
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return $"the request body is longer than {ApiLimits.BodyBytes} bytes";
            case BadHttpRequestException:
                return failure.Message;
            default:
                logger.LogError(failure, "{Path}", request.Path);
                return failure.Message;
        }
    }

    private static int StatusOf(Exception failure) => failure switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        FairwayException { HcnCode: HcnErrorCode.InvalidJson } => StatusCodes.Status400BadRequest,
        FairwayException => StatusCodes.Status200OK,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static Task WriteAsync(HttpContext context, int status, string error) => context.Request.Path.StartsWithSegments("/IpamDriver", StringComparison.Ordinal)
        || context.Request.Path.Value!.StartsWith("/IpamDriver.", StringComparison.Ordinal)
            ? JsonAnswer.WriteAsync(context, status, new IpamError(error), DockerJson.Default.IpamError)
            : JsonAnswer.WriteAsync(context, status, new DriverError(error), DockerJson.Default.DriverError);
}
