using Fairway.Api.Http;
using Fairway.Engine.Operations;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Requests;

namespace Fairway.Api.V1;

/// <summary><c>/v1/loadbalancers</c>.</summary>
internal sealed class LoadBalancerRoutes(IHostNetworking host)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/loadbalancers", context => JsonAnswer.WriteAsync(context, host.LoadBalancers))
            .Gives<IReadOnlyList<LoadBalancer>>("All load balancers, by name.");
        routes.MapGet("/v1/loadbalancers/{reference}", context => JsonAnswer.WriteAsync(context, host.GetLoadBalancer(RouteReference.Of(context))))
            .Gives<LoadBalancer>("One load balancer.");
        routes.MapPost("/v1/loadbalancers", CreateAsync)
            .Turns<CreateLoadBalancerRequest, LoadBalancer>("Creates a load balancer.", StatusCodes.Status201Created);
        routes.MapPost("/v1/loadbalancers/{reference}/backends", context => ChangeAsync(context, isAdding: true))
            .Turns<string[], LoadBalancer>("Adds backends: all of them, or none.");
        routes.MapDelete("/v1/loadbalancers/{reference}/backends", context => ChangeAsync(context, isAdding: false))
            .Turns<string[], LoadBalancer>("Removes backends; connections to them go on.");
        routes.MapDelete("/v1/loadbalancers/{reference}", DeleteAsync)
            .Does("Deletes a load balancer; connections over it end.");
    }

    private async Task CreateAsync(HttpContext context)
    {
        var request = await RequestBody.ReadAsync<CreateLoadBalancerRequest>(context);
        await JsonAnswer.WriteCreatedAsync(context, await host.CreateLoadBalancerAsync(request, context.RequestAborted));
    }

    private async Task ChangeAsync(HttpContext context, bool isAdding)
    {
        var endpoints = await RequestBody.ReadAsync<string[]>(context);
        var changed = await host.ChangeBackendsAsync(RouteReference.Of(context), isAdding ? endpoints : [], isAdding ? [] : endpoints, context.RequestAborted);
        await JsonAnswer.WriteAsync(context, changed);
    }

    private async Task DeleteAsync(HttpContext context)
    {
        await host.DeleteLoadBalancerAsync(RouteReference.Of(context), context.RequestAborted);
        JsonAnswer.WriteNothing(context);
    }
}
