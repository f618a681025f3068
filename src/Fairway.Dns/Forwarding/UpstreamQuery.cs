using System.Buffers.Binary;
using System.Security.Cryptography;
using Fairway.Dns.Wire;

namespace Fairway.Dns.Forwarding;

/// <summary>A query on its way to one upstream: the asker's bytes under an id of our own.</summary>
internal sealed class UpstreamQuery
{
    private readonly ushort _id;
    private readonly Question _question;

    public UpstreamQuery(byte[] message, Question question)
    {
        _id = (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1);
        _question = question;
        Framed = new byte[2 + message.Length];
        BinaryPrimitives.WriteUInt16BigEndian(Framed, (ushort)message.Length);
        message.CopyTo(Framed, 2);
        BinaryPrimitives.WriteUInt16BigEndian(Framed.AsSpan(2), _id);
    }

    /// <summary>With the length in front, as TCP wants it.</summary>
    public byte[] Framed { get; }

    public ReadOnlyMemory<byte> Datagram => Framed.AsMemory(2);

    /// <summary>Whether a message is the answer: a response with our id and our question. A failure may leave the question out.</summary>
    public bool IsAnsweredBy(ReadOnlySpan<byte> message, out DnsHeader header)
    {
        if (!DnsHeader.TryRead(message, out header) || header.Id != _id || !header.Has(HeaderFlags.Response) || header.Opcode != 0)
            return false;
        if (header.Questions == 0)
            return header.Code is not (ResponseCode.NoError or ResponseCode.NameError);
        try
        {
            return header.Questions == 1 && new DnsReader(message, DnsHeader.Size).ReadQuestion() == _question;
        }
        catch (DnsFormatException)
        {
            return false;
        }
    }
}
