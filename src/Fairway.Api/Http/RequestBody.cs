using System.Buffers;
using System.IO.Pipelines;
using Fairway.Model.Json;

namespace Fairway.Api.Http;

/// <summary>Reads request documents whole: they are small and limited, and a parser that has all of it can say where it went wrong.</summary>
internal static class RequestBody
{
    /// <summary>Turns JSON into a document, or says what is wrong with it.</summary>
    public delegate T Parse<out T>(ReadOnlySpan<byte> json);

    /// <summary>Reads one of our own documents.</summary>
    public static ValueTask<T> ReadAsync<T>(HttpContext context) => ReadAsync(context, FairwayJson.ReadRequest<T>);

    /// <summary>Reads a document with a reader of its own.</summary>
    public static async ValueTask<T> ReadAsync<T>(HttpContext context, Parse<T> parse)
    {
        var input = context.Request.BodyReader;
        var body = await ReadToEndAsync(input, context.RequestAborted);
        try
        {
            return parse(body.IsSingleSegment ? body.FirstSpan : body.ToArray());
        }
        finally
        {
            input.AdvanceTo(body.End);
        }
    }

    private static async ValueTask<ReadOnlySequence<byte>> ReadToEndAsync(PipeReader input, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellation);
            if (read.IsCompleted) return read.Buffer;
            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
