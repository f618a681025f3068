using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fairway.Api.Errors;
using Fairway.Model.Errors;
using Fairway.Model.Json;

namespace Fairway.Api.Http;

/// <summary>Writes answers: one JSON document and a line feed, so that a terminal's prompt starts on its own line.</summary>
internal static class JsonAnswer
{
    public static Task WriteAsync<T>(HttpContext context, T document) => WriteAsync(context, StatusCodes.Status200OK, document, FairwayJson.Contract<T>());

    public static Task WriteCreatedAsync<T>(HttpContext context, T document) =>
        WriteAsync(context, StatusCodes.Status201Created, document, FairwayJson.Contract<T>());

    public static Task WriteErrorAsync(HttpContext context, ErrorAnswer answer) =>
        WriteAsync(context, answer.Status, answer.Document, FairwayJson.Contract<ErrorDocument>());

    public static async Task WriteAsync<T>(HttpContext context, int status, T document, JsonTypeInfo<T> contract)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        var output = context.Response.BodyWriter;
        await JsonSerializer.SerializeAsync(output, document, contract, context.RequestAborted);
        output.GetSpan(1)[0] = (byte)'\n';
        output.Advance(1);
        await output.FlushAsync(context.RequestAborted);
    }

    /// <summary>Success with nothing to say.</summary>
    public static void WriteNothing(HttpContext context) => context.Response.StatusCode = StatusCodes.Status204NoContent;
}
