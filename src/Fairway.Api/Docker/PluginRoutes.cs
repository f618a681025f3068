using System.Text.Json.Serialization.Metadata;
using Fairway.Api.Docker.Wire;
using Fairway.Api.Http;
using Fairway.Model.Json;

namespace Fairway.Api.Docker;

/// <summary>Methods of a plugin: a POST each, a document in, a document out.</summary>
internal static class PluginRoutes
{
    public static void MapMethod<TRequest, TAnswer>(this IEndpointRouteBuilder routes, string method, JsonTypeInfo<TRequest> request, JsonTypeInfo<TAnswer> answer,
        Func<TRequest, CancellationToken, Task<TAnswer>> handle) => routes.MapPost($"/{method}", async context =>
        {
            var asked = await RequestBody.ReadAsync(context, json => FairwayJson.ReadRequest(json, request));
            await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, await handle(asked, context.RequestAborted), answer);
        });

    /// <summary>A method that does something and has nothing to say.</summary>
    public static void MapMethod<TRequest>(this IEndpointRouteBuilder routes, string method, JsonTypeInfo<TRequest> request, Func<TRequest, CancellationToken, Task> handle) =>
        routes.MapMethod(method, request, DockerJson.Default.Nothing, async (asked, cancellation) =>
        {
            await handle(asked, cancellation);
            return Nothing.Said;
        });

    /// <summary>A method without arguments; what is in the body does not matter.</summary>
    public static void MapConstant<TAnswer>(this IEndpointRouteBuilder routes, string method, JsonTypeInfo<TAnswer> contract, TAnswer answer) =>
        routes.MapPost($"/{method}", context => JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, answer, contract));
}
