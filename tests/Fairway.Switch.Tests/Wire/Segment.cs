using System.Buffers.Binary;
using System.Net;

namespace Fairway.Switch.Tests.Wire;

/// <summary>A transport header with what follows it; its checksum waits for the addresses.</summary>
internal sealed record Segment(byte Protocol, byte[] Bytes)
{
    /// <summary>Where the checksum stands; null for none.</summary>
    public int? ChecksumOffset { get; init; }

    /// <summary>Whether the checksum covers the addresses.</summary>
    public bool CoversAddresses { get; init; } = true;

    /// <summary><code>| source | destination | sequence (4) | acknowledgement (4) | offset | flags | window | checksum | urgent | options |</code></summary>
    public static Segment Tcp(int source, int destination, TcpFlags flags, byte[]? payload = null, byte[]? options = null, uint sequence = 0x1001_2002)
    {
        options ??= [];
        byte[] header = new byte[20];
        BinaryPrimitives.WriteUInt16BigEndian(header, (ushort)source);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)destination);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(8), flags.HasFlag(TcpFlags.Ack) ? 0x3003_4004u : 0);
        header[12] = (byte)((20 + options.Length) / 4 << 4);
        header[13] = (byte)flags;
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(14), 0xFAF0);
        return new Segment(Protocols.Tcp, [.. header, .. options, .. payload ?? []]) { ChecksumOffset = 16 };
    }

    /// <summary><code>| source | destination | length | checksum |</code></summary>
    public static Segment Udp(int source, int destination, byte[]? payload = null)
    {
        payload ??= "payload"u8.ToArray();
        byte[] header = new byte[8];
        BinaryPrimitives.WriteUInt16BigEndian(header, (ushort)source);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)destination);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(4), (ushort)(8 + payload.Length));
        return new Segment(Protocols.Udp, [.. header, .. payload]) { ChecksumOffset = 6 };
    }

    /// <summary>UDP whose sender left the checksum out.</summary>
    public static Segment UdpUnchecked(int source, int destination, byte[]? payload = null)
        => Udp(source, destination, payload) with { ChecksumOffset = null };

    /// <summary>ICMP of the family: <code>| type | code | checksum | rest (4) | body |</code></summary>
    public static Segment Icmp(bool version6, byte type, byte code = 0, uint rest = 0, byte[]? body = null)
    {
        byte[] header = [type, code, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), rest);
        return new Segment(version6 ? Protocols.Icmp6 : Protocols.Icmp, [.. header, .. body ?? []]) { ChecksumOffset = 2, CoversAddresses = version6 };
    }

    public static Segment EchoRequest(bool version6, int identifier, int sequence = 1)
        => Icmp(version6, (byte)(version6 ? 128 : 8), rest: (uint)(identifier << 16 | sequence), body: "abcdefghijklmnop"u8.ToArray());

    public static Segment EchoReply(bool version6, int identifier, int sequence = 1)
        => Icmp(version6, (byte)(version6 ? 129 : 0), rest: (uint)(identifier << 16 | sequence), body: "abcdefghijklmnop"u8.ToArray());

    /// <summary>A protocol the switch does not look into.</summary>
    public static Segment Other(byte protocol, params byte[] bytes) => new(protocol, bytes);

    /// <summary>The same with other ports, or with another identifier of an ICMP echo.</summary>
    public Segment WithPorts(int source, int destination)
    {
        byte[] bytes = [.. Bytes];
        if (Protocol is Protocols.Tcp or Protocols.Udp)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)source);
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)destination);
        }
        else
        {
            Assert.Equal(source, destination);
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(4), (ushort)source);
        }
        return this with { Bytes = bytes };
    }

    /// <summary>The bytes as they travel between two addresses.</summary>
    public byte[] Between(IPAddress source, IPAddress destination)
    {
        byte[] bytes = [.. Bytes];
        if (ChecksumOffset is not { } at)
            return bytes;
        uint sum = CoversAddresses ? Checksum.PseudoHeader(source, destination, Protocol, bytes.Length) : 0;
        ushort checksum = Checksum.Finish(Checksum.Sum(bytes, sum));
        // 0 means "none" to UDP.
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), checksum == 0 && Protocol == Protocols.Udp ? (ushort)0xFFFF : checksum);
        return bytes;
    }
}
