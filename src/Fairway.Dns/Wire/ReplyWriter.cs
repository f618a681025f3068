using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Fairway.Dns.Wire;

/// <summary>
/// Writes an answer of our own: the query's header and question as they came (letter case included), then records whose owner
/// is the question's name, by pointer. Room for the OPT record is kept from the start, so it always fits.
/// </summary>
internal ref struct ReplyWriter
{
    private const int MaxExtraText = 120;
    private const int OptSize = 11;
    private const ushort PointerMark = 0xc000;

    private readonly Span<byte> _reply;
    private readonly Query _query;
    private readonly byte[]? _option;
    private readonly int _limit;
    private HeaderFlags _flags;
    private readonly ResponseCode _code;
    private int _position;
    private ushort _answers;
    private ushort _authorities;

    public ReplyWriter(Span<byte> reply, ReadOnlySpan<byte> message, Query query, HeaderFlags flags, ResponseCode code, ExtendedError? error = null)
    {
        _reply = reply;
        _query = query;
        _flags = flags;
        _code = code;
        _option = query.Edns is not null && error is not null ? Option(error) : null;
        _limit = reply.Length - (query.Edns is null ? 0 : OptSize + (_option?.Length ?? 0));
        message[..query.QuestionEnd].CopyTo(reply);
        _position = query.QuestionEnd;
    }

    /// <summary>Adds an A or AAAA record.</summary>
    /// <returns>False, and TC set, when it does not fit.</returns>
    public bool AddAddress(IPAddress address, uint ttl)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int length);
        RecordType type = address.AddressFamily == AddressFamily.InterNetwork ? RecordType.A : RecordType.Aaaa;
        return AddAnswer(type, ttl, bytes[..length]);
    }

    /// <summary>Adds a PTR record.</summary>
    public bool AddPointer(DomainName target, uint ttl) => AddAnswer(RecordType.Ptr, ttl, target.Bytes);

    /// <summary>Adds the SOA record that tells for how long there is no such thing (RFC 2308).</summary>
    /// <param name="zoneOffset">Where the zone begins within the question's name.</param>
    /// <param name="ttl">Seconds.</param>
    public void AddAuthority(int zoneOffset, uint ttl)
    {
        // MNAME is the zone itself, RNAME nobody.invalid. (as RFC 6303 has it), then SERIAL REFRESH RETRY EXPIRE MINIMUM.
        ReadOnlySpan<byte> responsible = "\u0006nobody\u0007invalid\0"u8;
        Span<byte> data = stackalloc byte[2 + responsible.Length + 20];
        BinaryPrimitives.WriteUInt16BigEndian(data, Pointer(zoneOffset));
        responsible.CopyTo(data[2..]);
        Span<byte> numbers = data[(2 + responsible.Length)..];
        ReadOnlySpan<uint> values = [1, 3600, 600, 86400, ttl];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(numbers[(i * 4)..], values[i]);
        if (AddRecord(Pointer(zoneOffset), RecordType.Soa, ttl, data))
            _authorities++;
    }

    /// <summary>Writes OPT and header.</summary>
    /// <returns>The reply's length in bytes.</returns>
    public int Finish()
    {
        if (_query.Edns is { } edns)
            WriteOpt(edns);
        new DnsHeader(_query.Header.Id, _query.Header.AnswerBits(_flags, _code), 1, _answers, _authorities, (ushort)(_query.Edns is null ? 0 : 1))
            .Write(_reply);
        return _position;
    }

    private bool AddAnswer(RecordType type, uint ttl, scoped ReadOnlySpan<byte> data)
    {
        if (!AddRecord(Pointer(0), type, ttl, data))
        {
            _flags |= HeaderFlags.Truncated;
            return false;
        }
        _answers++;
        return true;
    }

    private bool AddRecord(ushort owner, RecordType type, uint ttl, scoped ReadOnlySpan<byte> data)
    {
        if (_position + 12 + data.Length > _limit)
            return false;
        Span<byte> record = _reply[_position..];
        BinaryPrimitives.WriteUInt16BigEndian(record, owner);
        BinaryPrimitives.WriteUInt16BigEndian(record[2..], (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(record[4..], (ushort)RecordClass.Internet);
        BinaryPrimitives.WriteUInt32BigEndian(record[6..], ttl);
        BinaryPrimitives.WriteUInt16BigEndian(record[10..], (ushort)data.Length);
        data.CopyTo(record[12..]);
        _position += 12 + data.Length;
        return true;
    }

    private void WriteOpt(Edns edns)
    {
        Span<byte> record = _reply[_position..];
        record[0] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(record[1..], (ushort)RecordType.Opt);
        BinaryPrimitives.WriteUInt16BigEndian(record[3..], Query.LargestPayloadSize);
        uint flags = ((uint)_code >> 4 << 24) | (edns.WantsSignatures ? 0x8000u : 0);
        BinaryPrimitives.WriteUInt32BigEndian(record[5..], flags);
        BinaryPrimitives.WriteUInt16BigEndian(record[9..], (ushort)(_option?.Length ?? 0));
        _option?.CopyTo(record[OptSize..]);
        _position += OptSize + (_option?.Length ?? 0);
    }

    // OPTION-CODE 15, OPTION-LENGTH, INFO-CODE, EXTRA-TEXT
    private static byte[] Option(ExtendedError error)
    {
        byte[] text = Encoding.UTF8.GetBytes(error.Text);
        int length = Math.Min(text.Length, MaxExtraText);
        byte[] option = new byte[6 + length];
        BinaryPrimitives.WriteUInt16BigEndian(option, 15);
        BinaryPrimitives.WriteUInt16BigEndian(option.AsSpan(2), (ushort)(2 + length));
        BinaryPrimitives.WriteUInt16BigEndian(option.AsSpan(4), error.Code);
        text.AsSpan(0, length).CopyTo(option.AsSpan(6));
        return option;
    }

    private static ushort Pointer(int nameOffset) => (ushort)(PointerMark | (DnsHeader.Size + nameOffset));
}
