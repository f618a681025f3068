using Fairway.Api.Http;
using Fairway.Engine.Operations;
using Fairway.Model.Namespaces;

namespace Fairway.Api.V1;

/// <summary><c>/v1/namespaces</c>.</summary>
internal sealed class NamespaceRoutes(IHostNetworking host)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/namespaces", context => JsonAnswer.WriteAsync(context, host.Namespaces))
            .Gives<IReadOnlyList<NetworkNamespace>>("All namespaces, by name.");
        routes.MapGet("/v1/namespaces/{reference}", context => JsonAnswer.WriteAsync(context, host.GetNamespace(RouteReference.Of(context))))
            .Gives<NetworkNamespace>("One namespace; its path is a reference too.");
        routes.MapPost("/v1/namespaces", CreateAsync)
            .Turns<NamespaceSpec, NetworkNamespace>("Creates a namespace, or adopts the one at the given path.", StatusCodes.Status201Created);
        routes.MapDelete("/v1/namespaces/{reference}", DeleteAsync)
            .Does("Deletes a namespace without endpoints.");
    }

    private async Task CreateAsync(HttpContext context)
    {
        var spec = await RequestBody.ReadAsync<NamespaceSpec>(context);
        await JsonAnswer.WriteCreatedAsync(context, await host.CreateNamespaceAsync(spec, context.RequestAborted));
    }

    private async Task DeleteAsync(HttpContext context)
    {
        await host.DeleteNamespaceAsync(RouteReference.Of(context), context.RequestAborted);
        JsonAnswer.WriteNothing(context);
    }
}
