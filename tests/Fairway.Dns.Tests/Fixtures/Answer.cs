using System.Net;
using System.Text;
using Fairway.Dns.Wire;

namespace Fairway.Dns.Tests.Fixtures;

/// <summary>An answer taken apart.</summary>
internal sealed record Answer(DnsHeader Header, string Question, IReadOnlyList<string> Records, IReadOnlyList<uint> Ttls, string? Explanation)
{
    public ResponseCode Code => Header.Code;

    public IReadOnlyList<IPAddress> Addresses => [.. Records.Where(record => IPAddress.TryParse(record, out _)).Select(IPAddress.Parse)];

    public static Answer Parse(ReadOnlySpan<byte> message)
    {
        Assert.True(DnsHeader.TryRead(message, out DnsHeader header));
        Assert.True(header.Has(HeaderFlags.Response));
        var reader = new DnsReader(message, DnsHeader.Size);
        string question = header.Questions == 0 ? "" : reader.ReadQuestion().Name.ToString();
        var records = new List<string>();
        var ttls = new List<uint>();
        string? explanation = null;
        for (int i = header.Answers + header.Authorities + header.Additionals; i > 0; i--)
        {
            DnsRecord record = reader.ReadRecord();
            if (record.Type == RecordType.Opt)
            {
                explanation = Explain(message[record.Data]);
                continue;
            }
            records.Add(Show(message, record));
            ttls.Add(record.Ttl);
        }
        Assert.Equal(message.Length, reader.Position);
        return new Answer(header, question, records, ttls, explanation);
    }

    private static string Show(ReadOnlySpan<byte> message, DnsRecord record) => record.Type switch
    {
        RecordType.A or RecordType.Aaaa => new IPAddress(message[record.Data]).ToString(),
        RecordType.Ptr => new DnsReader(message, record.Data.Start.Value).ReadName().ToString(),
        RecordType.Soa => "SOA " + new DnsReader(message, record.Data.Start.Value).ReadName(),
        _ => record.Type.ToString(),
    };

    private static string? Explain(ReadOnlySpan<byte> options)
        => options.Length > 6 && options[1] == 15 ? $"{options[5]}: {Encoding.UTF8.GetString(options[6..])}" : null;
}
