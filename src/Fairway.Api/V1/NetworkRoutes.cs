using Fairway.Api.Http;
using Fairway.Engine.Operations;
using Fairway.Model.Dns;
using Fairway.Model.Networks;

namespace Fairway.Api.V1;

/// <summary><c>/v1/networks</c>.</summary>
internal sealed class NetworkRoutes(IHostNetworking host)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/networks", context => JsonAnswer.WriteAsync(context, host.Networks))
            .Gives<IReadOnlyList<Network>>("All networks, by name.");
        routes.MapGet("/v1/networks/{reference}", context => JsonAnswer.WriteAsync(context, host.GetNetwork(RouteReference.Of(context))))
            .Gives<Network>("One network.");
        routes.MapPost("/v1/networks", CreateAsync)
            .Turns<NetworkSpec, Network>("Creates a network; subnets and gateways that are not given come from the host's pools.", StatusCodes.Status201Created);
        routes.MapPost("/v1/networks/{reference}/dns", SetDnsAsync)
            .Turns<DnsSettings, Network>("Replaces a network's resolver settings; its endpoints' questions go by them at once, their resolv.conf is their engines' business.");
        routes.MapDelete("/v1/networks/{reference}", DeleteAsync)
            .Does("Deletes a network without endpoints.");
    }

    private async Task CreateAsync(HttpContext context)
    {
        var spec = await RequestBody.ReadAsync<NetworkSpec>(context);
        await JsonAnswer.WriteCreatedAsync(context, await host.CreateNetworkAsync(spec, context.RequestAborted));
    }

    private async Task SetDnsAsync(HttpContext context)
    {
        var settings = await RequestBody.ReadAsync<DnsSettings>(context);
        await JsonAnswer.WriteAsync(context, await host.SetNetworkDnsAsync(RouteReference.Of(context), settings, context.RequestAborted));
    }

    private async Task DeleteAsync(HttpContext context)
    {
        await host.DeleteNetworkAsync(RouteReference.Of(context), context.RequestAborted);
        JsonAnswer.WriteNothing(context);
    }
}
