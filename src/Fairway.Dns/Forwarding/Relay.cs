using System.Buffers.Binary;
using Fairway.Dns.Wire;

namespace Fairway.Dns.Forwarding;

/// <summary>Turns an upstream's message into the answer of one asker: its id, its letter case, its size.</summary>
internal static class Relay
{
    /// <param name="answer">The upstream's message.</param>
    /// <param name="message">The query as it came.</param>
    /// <param name="query">The query parsed.</param>
    /// <param name="reply">As long as the asker takes, at least 512 bytes.</param>
    /// <returns>The reply's length.</returns>
    public static int Write(ReadOnlySpan<byte> answer, ReadOnlySpan<byte> message, Query query, Span<byte> reply)
    {
        DnsHeader.TryRead(answer, out DnsHeader header);
        if (answer.Length > reply.Length)
            return WriteTruncated(header, message, query, reply);
        answer.CopyTo(reply);
        BinaryPrimitives.WriteUInt16BigEndian(reply, query.Header.Id);
        // The questions are equal but for case, and a question's name is never compressed: they have the same length.
        if (header.Questions == 1)
            message[DnsHeader.Size..query.QuestionEnd].CopyTo(reply[DnsHeader.Size..]);
        return answer.Length;
    }

    // No part of the answer is given, so that nobody takes it for the whole.
    private static int WriteTruncated(DnsHeader header, ReadOnlySpan<byte> message, Query query, Span<byte> reply)
    {
        HeaderFlags flags = (header.Flags & ~HeaderFlags.Authoritative) | HeaderFlags.Truncated;
        return new ReplyWriter(reply, message, query, flags, header.Code).Finish();
    }
}
