using System.Buffers.Binary;
using Fairway.Dns.Wire;

namespace Fairway.Dns.Forwarding;

/// <summary>What of an upstream's answer tells for how long it may be kept.</summary>
/// <param name="Lifetime">Seconds; 0 for not at all.</param>
/// <param name="TtlOffsets">Where its TTLs stand.</param>
internal sealed record AnswerRecords(uint Lifetime, int[] TtlOffsets)
{
    // A host that changes networks must not live with the old one's answers for days.
    private const uint MaxLifetime = 3600;
    private const uint MaxNegativeLifetime = 300;

    // MNAME and RNAME, one byte each at the least, then five numbers.
    private const int SmallestSoa = 22;

    private static readonly AnswerRecords s_none = new(0, []);

    /// <summary>Reads an answer; a malformed, truncated or failed one is not kept.</summary>
    public static AnswerRecords Of(ReadOnlySpan<byte> message)
    {
        try
        {
            return Read(message);
        }
        catch (DnsFormatException)
        {
            return s_none;
        }
    }

    private static AnswerRecords Read(ReadOnlySpan<byte> message)
    {
        if (!DnsHeader.TryRead(message, out DnsHeader header) || header.Questions != 1 || header.Has(HeaderFlags.Truncated)
            || header.Code is not (ResponseCode.NoError or ResponseCode.NameError))
            return s_none;
        var reader = new DnsReader(message, DnsHeader.Size);
        reader.ReadQuestion();
        var offsets = new List<int>();
        uint lifetime = MaxLifetime;
        uint? negative = null;
        int records = header.Answers + header.Authorities + header.Additionals;
        for (int i = 0; i < records; i++)
        {
            DnsRecord record = reader.ReadRecord();
            if (record.Type == RecordType.Opt)
                continue;
            offsets.Add(record.TtlOffset);
            lifetime = Math.Min(lifetime, Seconds(record.Ttl));
            if (record.Type == RecordType.Soa && i >= header.Answers && i < header.Answers + header.Authorities)
                negative = Minimum(message[record.Data]);
        }
        // RFC 2308: an SOA means that something does not exist, for as long as it says; without one that is not kept.
        uint kept = negative is { } minimum ? Math.Min(Math.Min(lifetime, minimum), MaxNegativeLifetime)
            : header.Code == ResponseCode.NoError && header.Answers > 0 ? lifetime
            : 0;
        return new AnswerRecords(kept, [.. offsets]);
    }

    private static uint? Minimum(ReadOnlySpan<byte> soa)
        => soa.Length >= SmallestSoa ? Seconds(BinaryPrimitives.ReadUInt32BigEndian(soa[^4..])) : null;

    // RFC 2181, 8: with the top bit set a TTL is zero.
    private static uint Seconds(uint ttl) => ttl > int.MaxValue ? 0 : ttl;
}
