namespace Fairway.Dns.Wire;

/// <summary>A query as far as the resolver looks into it.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Question">Its only question.</param>
/// <param name="QuestionEnd">The offset behind the question.</param>
/// <param name="Edns">Its OPT record, if it has one.</param>
internal sealed record Query(DnsHeader Header, Question Question, int QuestionEnd, Edns? Edns)
{
    /// <summary>Without EDNS an asker takes answers of up to 512 bytes by UDP.</summary>
    public const int ClassicPayloadSize = 512;

    /// <summary>No datagram of this size is fragmented on a path of 1,280 bytes, the least that IPv6 allows.</summary>
    public const int LargestPayloadSize = 1232;

    /// <summary>The largest answer the asker gets by UDP, in bytes: what it takes, within 512 and 1,232. More comes by TCP.</summary>
    public int PayloadSize => Math.Clamp(Edns?.PayloadSize ?? 0, ClassicPayloadSize, LargestPayloadSize);

    /// <exception cref="DnsFormatException">The message is malformed, has not exactly one question, or more than one OPT record.</exception>
    public static Query Parse(ReadOnlySpan<byte> message)
    {
        if (!DnsHeader.TryRead(message, out DnsHeader header))
            throw new DnsFormatException($"{message.Length} bytes are too few for a header");
        if (header.Questions != 1)
            throw new DnsFormatException($"{header.Questions} questions where one is expected");
        var reader = new DnsReader(message, DnsHeader.Size);
        Question question = reader.ReadQuestion();
        int end = reader.Position;
        for (int i = header.Answers + header.Authorities; i > 0; i--)
            reader.ReadRecord();
        return new Query(header, question, end, ReadEdns(ref reader, header.Additionals));
    }

    private static Edns? ReadEdns(ref DnsReader reader, int count)
    {
        Edns? edns = null;
        for (; count > 0; count--)
        {
            DnsRecord record = reader.ReadRecord();
            if (record.Type != RecordType.Opt)
                continue;
            if (edns is not null || !record.IsRoot)
                throw new DnsFormatException("a second OPT record, or one that is not at the root");
            edns = Wire.Edns.From(record, record.Data.End.Value - record.Data.Start.Value);
        }
        return edns;
    }
}
