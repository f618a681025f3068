using Fairway.Api.Http;
using Fairway.Engine.Operations;
using Fairway.Model.Requests;

namespace Fairway.Api.V1;

/// <summary><c>/v1/routes</c>.</summary>
internal sealed class RouteRoutes(IHostNetworking host)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/routes", context => JsonAnswer.WriteAsync(context, host.Routes))
            .Gives<IReadOnlyList<Route>>("All routes, by name.");
        routes.MapGet("/v1/routes/{reference}", context => JsonAnswer.WriteAsync(context, host.GetRoute(RouteReference.Of(context))))
            .Gives<Route>("One route.");
        routes.MapPost("/v1/routes", CreateAsync)
            .Turns<CreateRouteRequest, Route>("Creates a route: where packets go that leave the networks of its endpoints.", StatusCodes.Status201Created);
        routes.MapDelete("/v1/routes/{reference}", DeleteAsync)
            .Does("Deletes a route; packets of its endpoints go as without it.");
    }

    private async Task CreateAsync(HttpContext context)
    {
        var request = await RequestBody.ReadAsync<CreateRouteRequest>(context);
        await JsonAnswer.WriteCreatedAsync(context, await host.CreateRouteAsync(request, context.RequestAborted));
    }

    private async Task DeleteAsync(HttpContext context)
    {
        await host.DeleteRouteAsync(RouteReference.Of(context), context.RequestAborted);
        JsonAnswer.WriteNothing(context);
    }
}
