using System.Net;
using Fairway.Dns.Wire;

namespace Fairway.Dns.Answering;

/// <summary>Verdicts and failures in wire form.</summary>
internal static class Reply
{
    /// <summary>How long an address may be kept, in seconds: an endpoint that came back elsewhere is found after that.</summary>
    public const uint Ttl = 5;

    /// <summary>How long the absence of a name or record may be kept, in seconds: short, for what is just starting.</summary>
    public const uint NegativeTtl = 1;

    /// <summary>Writes what a verdict other than Forward says.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="message">The query as it came.</param>
    /// <param name="query">The query parsed.</param>
    /// <param name="recursion">Whether the outside is asked for this asker.</param>
    /// <param name="reply">As long as the asker takes.</param>
    /// <returns>The reply's length.</returns>
    public static int Write(Verdict verdict, ReadOnlySpan<byte> message, Query query, bool recursion, Span<byte> reply)
    {
        HeaderFlags flags = (verdict.Kind == VerdictKind.Error ? HeaderFlags.None : HeaderFlags.Authoritative)
            | (recursion ? HeaderFlags.RecursionAvailable : HeaderFlags.None);
        var writer = new ReplyWriter(reply, message, query, flags, verdict.Code, verdict.Error);
        switch (verdict.Kind)
        {
            case VerdictKind.Addresses:
                foreach (IPAddress address in verdict.Addresses)
                {
                    if (!writer.AddAddress(address, Ttl))
                        break;
                }
                break;
            case VerdictKind.Pointer:
                writer.AddPointer(verdict.Name!, Ttl);
                break;
            case VerdictKind.Negative:
                query.Question.Name.IsWithin(verdict.Zone, out int offset);
                writer.AddAuthority(offset, NegativeTtl);
                break;
        }
        return writer.Finish();
    }

    /// <summary>Writes that the outside could not be asked.</summary>
    public static int WriteFailure(string cause, ReadOnlySpan<byte> message, Query query, Span<byte> reply)
        => Write(Verdict.Fail(ResponseCode.ServerFailure, new ExtendedError(ExtendedError.NoReachableAuthority, cause)), message, query, true, reply);

    /// <summary>Writes an answer to something that could not be read as a query: the header alone.</summary>
    public static int WriteHeader(DnsHeader header, ResponseCode code, Span<byte> reply)
    {
        new DnsHeader(header.Id, header.AnswerBits(HeaderFlags.None, code), 0, 0, 0, 0).Write(reply);
        return DnsHeader.Size;
    }
}
