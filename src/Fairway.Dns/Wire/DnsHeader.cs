using System.Buffers.Binary;

namespace Fairway.Dns.Wire;

/// <summary>The first twelve bytes of a message.</summary>
/// <remarks><code>
/// RFC 1035, 4.1.1
///  0  ID
///  2  QR:1 OPCODE:4 AA:1 TC:1 RD:1 | RA:1 Z:1 AD:1 CD:1 RCODE:4
///  4  QDCOUNT    6  ANCOUNT    8  NSCOUNT    10  ARCOUNT
/// </code></remarks>
internal readonly record struct DnsHeader(ushort Id, ushort Bits, ushort Questions, ushort Answers, ushort Authorities, ushort Additionals)
{
    public const int Size = 12;
    private const int OpcodeMask = 0x7800;
    private const int CodeMask = 0x000f;

    public HeaderFlags Flags => (HeaderFlags)(Bits & ~(OpcodeMask | CodeMask));

    /// <summary>0 is QUERY.</summary>
    public int Opcode => (Bits & OpcodeMask) >> 11;

    public ResponseCode Code => (ResponseCode)(Bits & CodeMask);

    public bool Has(HeaderFlags flag) => ((HeaderFlags)Bits & flag) != 0;

    public static bool TryRead(ReadOnlySpan<byte> message, out DnsHeader header)
    {
        header = default;
        if (message.Length < Size)
            return false;
        header = new DnsHeader(Word(message, 0), Word(message, 2), Word(message, 4), Word(message, 6), Word(message, 8), Word(message, 10));
        return true;
    }

    public void Write(Span<byte> message)
    {
        BinaryPrimitives.WriteUInt16BigEndian(message, Id);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], Bits);
        BinaryPrimitives.WriteUInt16BigEndian(message[4..], Questions);
        BinaryPrimitives.WriteUInt16BigEndian(message[6..], Answers);
        BinaryPrimitives.WriteUInt16BigEndian(message[8..], Authorities);
        BinaryPrimitives.WriteUInt16BigEndian(message[10..], Additionals);
    }

    /// <summary>The bits of an answer to this query: opcode, RD and CD are the asker's.</summary>
    public ushort AnswerBits(HeaderFlags flags, ResponseCode code)
        => (ushort)((Bits & (OpcodeMask | (int)(HeaderFlags.RecursionDesired | HeaderFlags.CheckingDisabled)))
            | (int)(HeaderFlags.Response | flags) | ((int)code & CodeMask));

    private static ushort Word(ReadOnlySpan<byte> message, int offset) => BinaryPrimitives.ReadUInt16BigEndian(message[offset..]);
}
