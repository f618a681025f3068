using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fairway.Api.Http;
using Fairway.Model.Errors;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Fairway.Api.Tests.OpenApi;

/// <summary>Writes the OpenAPI 3.1 document from the routes and their descriptions.</summary>
internal sealed class OpenApiDocument
{
    private static readonly JsonSerializerOptions s_layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly DocumentSchemas _schemas = new();

    public static string Of(IEnumerable<RouteEndpoint> routes) => new OpenApiDocument().Write(routes).ToJsonString(s_layout) + "\n";

    private JsonObject Write(IEnumerable<RouteEndpoint> routes)
    {
        var paths = new JsonObject();
        foreach (var group in routes.GroupBy(route => "/" + route.RoutePattern.RawText!.TrimStart('/')).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var path = new JsonObject();
            foreach (var route in group.OrderBy(Method, StringComparer.Ordinal)) path[Method(route)] = Operation(route);
            paths[group.Key] = path;
        }
        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Fairway",
                ["version"] = "1",
                ["description"] = "The daemon's API on its Unix socket. Prose: docs/spec/http-api.md.",
                ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
            },
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["responses"] = new JsonObject
                {
                    ["Error"] = Content("Anything other than success.", "application/json", _schemas.Of(typeof(ErrorDocument))),
                },
                ["schemas"] = _schemas.Components(),
            },
        };
    }

    private JsonObject Operation(RouteEndpoint route)
    {
        var document = route.Metadata.GetRequiredMetadata<RouteDocument>();
        var operation = new JsonObject { ["summary"] = document.Summary };
        var parameters = new JsonArray([.. route.RoutePattern.Parameters.Select(PathParameter), .. document.Query.Select(QueryParameter)]);
        if (parameters.Count > 0) operation["parameters"] = parameters;
        if (document.Takes is { } takes)
        {
            var body = Content(null, "application/json", _schemas.Of(takes));
            body["required"] = true;
            operation["requestBody"] = body;
        }
        operation["responses"] = new JsonObject
        {
            [document.Status.ToString()] = document.Gives is { } gives
                ? Content("Success.", document.ContentType.Split(';')[0], _schemas.Of(gives))
                : new JsonObject { ["description"] = "Success." },
            ["default"] = new JsonObject { ["$ref"] = "#/components/responses/Error" },
        };
        return operation;
    }

    private static JsonNode PathParameter(RoutePatternParameterPart parameter) => new JsonObject
    {
        ["name"] = parameter.Name,
        ["in"] = "path",
        ["required"] = true,
        ["description"] = parameter.Name == RouteReference.Name
            ? "A name, an id or an unambiguous id prefix; of an endpoint also network/name, of a namespace also its path, with slashes written %2F."
            : "A GUID, in any case.",
        ["schema"] = new JsonObject { ["type"] = "string" },
    };

    private static JsonNode QueryParameter(KeyValuePair<string, string> parameter) => new JsonObject
    {
        ["name"] = parameter.Key,
        ["in"] = "query",
        ["description"] = parameter.Value,
        ["schema"] = new JsonObject { ["type"] = "string" },
    };

    private static JsonObject Content(string? description, string mediaType, JsonNode schema)
    {
        var content = new JsonObject();
        if (description is not null) content["description"] = description;
        content["content"] = new JsonObject { [mediaType] = new JsonObject { ["schema"] = schema } };
        return content;
    }

    private static string Method(RouteEndpoint route) => route.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Single().ToLowerInvariant();
}
