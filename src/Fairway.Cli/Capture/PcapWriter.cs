using System.Buffers.Binary;
using Fairway.Linux.Capture;

namespace Fairway.Cli.Capture;

/// <summary>
/// Writes packets as tcpdump and Wireshark read them (https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-05.html), little-endian with nanoseconds:
/// <code>
/// file:   A1B23C4D magic, 2.4 version, 0, 0, longest packet, link type
/// packet: seconds, nanoseconds, bytes kept, bytes there were, the bytes kept
/// </code>
/// All numbers are 32 bits, the versions 16.
/// </summary>
internal sealed class PcapWriter(Stream stream)
{
    private const uint NanosecondMagic = 0xA1B23C4D;
    private const int LinkTypeEthernet = 1;
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Begins the file.</summary>
    /// <param name="longest">Bytes kept of a packet at most.</param>
    public void WriteHeader(int longest)
    {
        Span<byte> header = stackalloc byte[24];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, NanosecondMagic);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], longest);
        BinaryPrimitives.WriteInt32LittleEndian(header[20..], LinkTypeEthernet);
        stream.Write(header);
    }

    public void Write(scoped in CapturedPacket packet)
    {
        Span<byte> header = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)(packet.Timestamp / NanosecondsPerSecond));
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)(packet.Timestamp % NanosecondsPerSecond));
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], packet.Data.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], packet.OriginalLength);
        stream.Write(header);
        stream.Write(packet.Data);
    }

    /// <summary>Lets the reader see what was written so far.</summary>
    public void Flush() => stream.Flush();
}
