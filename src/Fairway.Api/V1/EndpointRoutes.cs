using Fairway.Api.Http;
using Fairway.Api.Metrics;
using Fairway.Engine.Drivers;
using Fairway.Engine.Operations;
using Fairway.Model.Errors;
using Fairway.Model.Requests;
using Fairway.Model.Statistics;

namespace Fairway.Api.V1;

/// <summary><c>/v1/endpoints</c>.</summary>
internal sealed class EndpointRoutes(IHostNetworking host, ISwitchStatistics statistics, OperationTimes times)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/endpoints", context => JsonAnswer.WriteAsync(context, host.Endpoints))
            .Gives<IReadOnlyList<Endpoint>>("All endpoints, by network and name.");
        routes.MapGet("/v1/endpoints/{reference}", context => JsonAnswer.WriteAsync(context, host.GetEndpoint(RouteReference.Of(context))))
            .Gives<Endpoint>("One endpoint.");
        routes.MapGet("/v1/endpoints/{reference}/statistics",
            context => JsonAnswer.WriteAsync(context, statistics.Read(host.GetEndpoint(RouteReference.Of(context)).Port)))
            .Gives<PortStatistics>("What the switch counted at the endpoint's port since it was attached.");
        routes.MapPost("/v1/endpoints", CreateAsync)
            .Turns<CreateEndpointRequest, Endpoint>("Creates an endpoint, and attaches it when the request names a namespace or a path.", StatusCodes.Status201Created);
        routes.MapPost("/v1/endpoints/{reference}/attach", AttachAsync)
            .Turns<AttachEndpointRequest, Endpoint>("Attaches an endpoint to a namespace.");
        routes.MapPost("/v1/endpoints/{reference}/detach", DetachAsync)
            .Gives<Endpoint>("Takes an endpoint out of its namespace; addresses and publications stay its own.");
        routes.MapDelete("/v1/endpoints/{reference}", DeleteAsync)
            .Does("Deletes an endpoint, detaching it first.");
    }

    private async Task CreateAsync(HttpContext context)
    {
        var request = await RequestBody.ReadAsync<CreateEndpointRequest>(context);
        var attaches = request.Namespace is not null || request.NetnsPath is not null;
        await JsonAnswer.WriteCreatedAsync(context, attaches ? await times.Attach.MeasureAsync(Create) : await Create());

        Task<Endpoint> Create() => host.CreateEndpointAsync(request, context.RequestAborted);
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
