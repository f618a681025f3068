using System.Buffers;
using System.IO.Pipelines;
using Fairway.Model.Json;

namespace Fairway.Api.Http;

/// <summary>Reads request documents whole: they are small and limited, and a parser that has all of it can say where it went wrong.</summary>
internal static class RequestBody
{
    public static async ValueTask<T> ReadAsync<T>(HttpContext context)
    {
        var input = context.Request.BodyReader;
        var body = await ReadToEndAsync(input, context.RequestAborted);
        try
        {
            return body.IsSingleSegment ? FairwayJson.ReadRequest<T>(body.FirstSpan) : FairwayJson.ReadRequest<T>(body.ToArray());
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
