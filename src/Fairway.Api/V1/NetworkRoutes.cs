using Fairway.Api.Http;
using Fairway.Engine.Operations;
using Fairway.Model.Networks;

namespace Fairway.Api.V1;

/// <summary><c>/v1/networks</c>.</summary>
internal sealed class NetworkRoutes(IHostNetworking host)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/networks", context => JsonAnswer.WriteAsync(context, host.Networks));
        routes.MapGet("/v1/networks/{reference}", context => JsonAnswer.WriteAsync(context, host.GetNetwork(RouteReference.Of(context))));
        routes.MapPost("/v1/networks", CreateAsync);
        routes.MapDelete("/v1/networks/{reference}", DeleteAsync);
    }

    private async Task CreateAsync(HttpContext context)
    {
        var spec = await RequestBody.ReadAsync<NetworkSpec>(context);
        await JsonAnswer.WriteCreatedAsync(context, await host.CreateNetworkAsync(spec, context.RequestAborted));
    }

    private async Task DeleteAsync(HttpContext context)
    {
        await host.DeleteNetworkAsync(RouteReference.Of(context), context.RequestAborted);
        JsonAnswer.WriteNothing(context);
    }
}
