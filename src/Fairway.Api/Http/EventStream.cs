using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Fairway.Api.Http;

/// <summary>
/// Server-sent events (HTML standard, 9.2): <c>id: 12\nevent: Created\ndata: {...}\n\n</c>. A stream ends when the client leaves or the
/// daemon stops; clients then reconnect with the last id they saw.
/// </summary>
internal static class EventStream
{
    public const string ContentType = "text/event-stream";

    public static async Task WriteAsync<TItem, TDocument>(HttpContext context, IAsyncEnumerable<TItem> items,
        Func<TItem, StreamedEvent<TDocument>?> describe, JsonTypeInfo<TDocument> contract, CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.ContentType = ContentType;
        context.Response.Headers.CacheControl = "no-store";
        var output = context.Response.BodyWriter;
        try
        {
            await using var source = items.GetAsyncEnumerator(end.Token);
            // Asking for the first item subscribes; only then do the headers go out and tell the client that it is subscribed.
            var first = source.MoveNextAsync().AsTask();
            if (first.IsFaulted) await first;
            await Task.WhenAll(first, output.FlushAsync(end.Token).AsTask());
            for (var more = await first; more; more = await source.MoveNextAsync())
            {
                if (describe(source.Current) is not { } happened) continue;
                Write(output, happened, contract);
                await output.FlushAsync(end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Both ways to end are normal.
        }
    }

    private static void Write<TDocument>(IBufferWriter<byte> output, StreamedEvent<TDocument> happened, JsonTypeInfo<TDocument> contract)
    {
        if (happened.Id is { } id) Encoding.UTF8.GetBytes($"id: {id}\n", output);
        if (happened.Name is { } name) Encoding.UTF8.GetBytes($"event: {name}\n", output);
        output.Write("data: "u8);
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = contract.Options.Encoder }))
            JsonSerializer.Serialize(writer, happened.Document, contract);
        output.Write("\n\n"u8);
    }
}
