using Fairway.Api.Http;
using Fairway.Api.Metrics;
using Fairway.Engine.Operations;
using Fairway.Model.Attach;

namespace Fairway.Api.V1;

/// <summary><c>/v1/attach</c> and <c>/v1/detach</c>: what an engine calls once per container.</summary>
internal sealed class AttachRoutes(IHostNetworking host, OperationTimes times)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/attach", AttachAsync)
            .Turns<AttachRequest, AttachResult>("Joins a namespace to a network in one call; idempotent by owner and interface name.");
        routes.MapPost("/v1/detach", DetachAsync)
            .Takes<DetachRequest>("Undoes an attach; absence is success.");
    }

    private async Task AttachAsync(HttpContext context)
    {
        var request = await RequestBody.ReadAsync<AttachRequest>(context);
        await JsonAnswer.WriteAsync(context, await times.Attach.MeasureAsync(() => host.AttachAsync(request, context.RequestAborted)));
    }

    private async Task DetachAsync(HttpContext context)
    {
        var request = await RequestBody.ReadAsync<DetachRequest>(context);
        await times.Detach.MeasureAsync(() => host.DetachAsync(request, context.RequestAborted));
        JsonAnswer.WriteNothing(context);
    }
}
