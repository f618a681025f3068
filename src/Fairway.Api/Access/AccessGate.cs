using Fairway.Api.Errors;
using Fairway.Api.Http;
using Fairway.Model.Errors;
using Microsoft.AspNetCore.Http.Features;

namespace Fairway.Api.Access;

/// <summary>Answers 403 to peers that are neither root nor of the group.</summary>
internal sealed class AccessGate(PeerAccess access)
{
    /// <summary>HRESULT_FROM_WIN32(ERROR_ACCESS_DENIED).</summary>
    private const uint AccessDenied = 0x80070005;

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var peer = context.Features.GetRequiredFeature<Peer>();
        return access.Allows(peer)
            ? next(context)
            : JsonAnswer.WriteErrorAsync(context,
                ErrorAnswer.Of(ErrorKind.Unsupported, access.Refusal(peer), AccessDenied, StatusCodes.Status403Forbidden));
    }
}
