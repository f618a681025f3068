namespace Fairway.Dns.Wire;

/// <summary>The OPT record of a query.</summary>
/// <remarks><code>
/// RFC 6891, 6.1.2:  NAME 0 | TYPE 41 | CLASS: UDP payload size | TTL: code:8 version:8 DO:1 Z:15 | options
/// </code></remarks>
/// <param name="PayloadSize">The largest UDP answer the asker takes, in bytes.</param>
/// <param name="Version">0 is the only one there is.</param>
/// <param name="WantsSignatures">The DO bit.</param>
/// <param name="HasOptions">Whether options follow: they can change an answer in ways only the upstream knows.</param>
internal readonly record struct Edns(int PayloadSize, int Version, bool WantsSignatures, bool HasOptions)
{
    public static Edns From(in DnsRecord record, int dataLength)
        => new(record.Class, (int)(record.Ttl >> 16) & 0xff, (record.Ttl & 0x8000) != 0, dataLength > 0);
}
