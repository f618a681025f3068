using Fairway.Api.Http;

namespace Fairway.Api.OpenApi;

/// <summary>
/// <c>/openapi.json</c>: docs/spec/openapi.json, embedded. A test writes that file from the routes and the contracts of their documents and
/// compares; the daemon carries no generator.
/// </summary>
internal static class OpenApiRoute
{
    private const string Resource = "openapi.json";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/openapi.json", WriteAsync).Gives<object>("This document.");

    private static async Task WriteAsync(HttpContext context)
    {
        await using var document = typeof(OpenApiRoute).Assembly.GetManifestResourceStream(Resource)!;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = document.Length;
        await document.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
