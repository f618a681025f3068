using System.Buffers;
using System.IO.Pipelines;

namespace Fairway.Api.Transport;

/// <summary>
/// Tells HTTP/2 with prior knowledge from HTTP/1.1 by the first bytes of a connection, without consuming them. An HTTP/2 client
/// begins with the preface <c>PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n</c> (RFC 9113, 3.4); no method of HTTP/1.1 is called PRI.
/// </summary>
internal static class HttpVersionProbe
{
    private static ReadOnlySpan<byte> Preface => "PRI "u8;

    /// <summary>Null when the peer closed the connection before it could be told.</summary>
    public static async ValueTask<bool?> SpeaksHttp2Async(PipeReader input, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellation);
            var verdict = Judge(read.Buffer);
            // Undecided bytes are marked as seen, so that the next read waits for more; decided ones are left for Kestrel.
            input.AdvanceTo(read.Buffer.Start, verdict is null ? read.Buffer.End : read.Buffer.Start);
            if (verdict is not null || read.IsCompleted) return verdict;
        }
    }

    private static bool? Judge(ReadOnlySequence<byte> bytes)
    {
        Span<byte> start = stackalloc byte[(int)Math.Min(Preface.Length, bytes.Length)];
        bytes.Slice(0, start.Length).CopyTo(start);
        if (!Preface.StartsWith(start)) return false;
        return start.Length == Preface.Length ? true : null;
    }
}
