using Fairway.Api.Http;
using Fairway.Api.Metrics;
using Fairway.Engine.Drivers;
using Fairway.Engine.Operations;
using Fairway.Model.Errors;
using Fairway.Model.Requests;

namespace Fairway.Api.V1;

/// <summary><c>/v1/endpoints</c>.</summary>
internal sealed class EndpointRoutes(IHostNetworking host, ISwitchStatistics statistics, OperationTimes times)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/endpoints", context => JsonAnswer.WriteAsync(context, host.Endpoints));
        routes.MapGet("/v1/endpoints/{reference}", context => JsonAnswer.WriteAsync(context, host.GetEndpoint(RouteReference.Of(context))));
        routes.MapGet("/v1/endpoints/{reference}/statistics",
            context => JsonAnswer.WriteAsync(context, statistics.Read(host.GetEndpoint(RouteReference.Of(context)).Port)));
        routes.MapPost("/v1/endpoints", CreateAsync);
        routes.MapPost("/v1/endpoints/{reference}/attach", AttachAsync);
        routes.MapPost("/v1/endpoints/{reference}/detach", DetachAsync);
        routes.MapDelete("/v1/endpoints/{reference}", DeleteAsync);
    }

    private async Task CreateAsync(HttpContext context)
    {
        var request = await RequestBody.ReadAsync<CreateEndpointRequest>(context);
        await JsonAnswer.WriteCreatedAsync(context, await host.CreateEndpointAsync(request, context.RequestAborted));
    }

    private async Task AttachAsync(HttpContext context)
    {
        var request = await RequestBody.ReadAsync<AttachEndpointRequest>(context);
        var attached = await times.Attach.MeasureAsync(() =>
            host.AttachEndpointAsync(RouteReference.Of(context), Target(request), request.InterfaceName, context.RequestAborted));
        await JsonAnswer.WriteAsync(context, attached);
    }

    /// <summary>The engine takes a path wherever it takes a namespace; the request keeps them apart so that neither is taken for the other.</summary>
    private static string Target(AttachEndpointRequest request) => (request.Namespace, request.NetnsPath) switch
    {
        ({ } reference, null) => reference,
        (null, { } path) => path,
        (null, null) => throw Malformed("$.Namespace", "no namespace is given; give Namespace or NetnsPath"),
        _ => throw Malformed("$.NetnsPath", "a namespace and a path are given; give one of Namespace and NetnsPath"),
    };

    private static FairwayException Malformed(string path, string message) =>
        new(ErrorKind.InvalidArgument, "request", $"attach endpoint: {message}") { Findings = [new Finding(path, message)] };

    private async Task DetachAsync(HttpContext context) => await JsonAnswer.WriteAsync(context,
        await times.Detach.MeasureAsync(() => host.DetachEndpointAsync(RouteReference.Of(context), context.RequestAborted)));

    private async Task DeleteAsync(HttpContext context)
    {
        await host.DeleteEndpointAsync(RouteReference.Of(context), context.RequestAborted);
        JsonAnswer.WriteNothing(context);
    }
}
