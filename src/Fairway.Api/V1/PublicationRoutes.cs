using Fairway.Api.Http;
using Fairway.Engine.Operations;
using Fairway.Model.Ports;

namespace Fairway.Api.V1;

/// <summary><c>/v1/publications</c> and the publications of one endpoint.</summary>
internal sealed class PublicationRoutes(IHostNetworking host)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/publications", context => JsonAnswer.WriteAsync(context, List()))
            .Gives<IReadOnlyList<PublishedPort>>("All published ports, by host port.");
        routes.MapPost("/v1/endpoints/{reference}/publications", PublishAsync)
            .Turns<PortPublication[], IReadOnlyList<PortPublication>>("Publishes more ports; answers them with the host ports chosen.", StatusCodes.Status201Created);
        routes.MapDelete("/v1/endpoints/{reference}/publications", UnpublishAsync)
            .Takes<PortPublication[]>("Withdraws publications, matched by protocol, host address and host port.");
    }

    private IReadOnlyList<PublishedPort> List()
    {
        var networks = host.Networks.ToDictionary(network => network.Spec.Id, network => network.Spec.Name);
        return
        [
            .. from endpoint in host.Endpoints
               from publication in endpoint.Spec.Publications
               orderby publication.HostPort, publication.Protocol
               select new PublishedPort(endpoint.Spec.Id, endpoint.Spec.Name ?? "", networks.GetValueOrDefault(endpoint.Spec.NetworkId, ""), publication),
        ];
    }

    private async Task PublishAsync(HttpContext context)
    {
        var publications = await RequestBody.ReadAsync<PortPublication[]>(context);
        await JsonAnswer.WriteCreatedAsync(context,
            await host.PublishAsync(RouteReference.Of(context), publications, context.RequestAborted));
    }

    private async Task UnpublishAsync(HttpContext context)
    {
        var publications = await RequestBody.ReadAsync<PortPublication[]>(context);
        await host.UnpublishAsync(RouteReference.Of(context), publications, context.RequestAborted);
        JsonAnswer.WriteNothing(context);
    }
}
