using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Fairway.Model.Errors;
using Fairway.Model.Json;

namespace Fairway.Client.Transport;

/// <summary>Server-sent events whose data is one JSON document each (https://html.spec.whatwg.org/multipage/server-sent-events.html).</summary>
internal static class EventStream
{
    public static IAsyncEnumerable<T> ReadAsync<T>(DaemonHttp http, Call call, CancellationToken cancellation) =>
        ReadAsync(http, call, FairwayJson.Deserialize<T>, cancellation);

    public static async IAsyncEnumerable<T> ReadAsync<T>(DaemonHttp http, Call call, DocumentReader<T> read, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var response = await http.SendForStreamAsync(call, cancellation).ConfigureAwait(false);
        var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using var owned = stream.ConfigureAwait(false);
        var events = SseParser.Create(stream, (_, data) => data.IsEmpty ? default : Parse(call, data, read)).EnumerateAsync(cancellation)
            .GetAsyncEnumerator(cancellation);
        await using var ownedEvents = events.ConfigureAwait(false);
        while (await MoveNextAsync(events).ConfigureAwait(false))
        {
            if (events.Current.Data is { } document)
                yield return document;
        }
    }

    /// <summary>A daemon that ends mid-stream cuts the connection: that is the stream's end, not an error of its own.</summary>
    private static async ValueTask<bool> MoveNextAsync<T>(IAsyncEnumerator<SseItem<T?>> events)
    {
        try
        {
            return await events.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return false;
        }
    }

    private static T Parse<T>(Call call, ReadOnlySpan<byte> data, DocumentReader<T> read)
    {
        try
        {
            return read(data);
        }
        catch (JsonException e)
        {
            throw new FairwayException(ErrorKind.Internal, call.Subject,
                $"{call.Operation}: an event is not what this version expects ({e.Message}); use fairwayd and client of the same version", inner: e);
        }
    }
}
