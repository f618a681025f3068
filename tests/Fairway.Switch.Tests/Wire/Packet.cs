using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Fairway.Switch.Tests.Wire;

/// <summary>An IPv4 or IPv6 packet, by the family of its addresses.</summary>
internal sealed record Packet(IPAddress Source, IPAddress Destination, Segment Segment)
{
    public Packet(string source, string destination, Segment segment)
        : this(IPAddress.Parse(source), IPAddress.Parse(destination), segment)
    {
    }

    public byte Hops { get; init; } = 64;

    public byte TrafficClass { get; init; }

    /// <summary>Of the datagram the packet is a fragment of; 16 bits for IPv4.</summary>
    public uint Identification { get; init; } = 0x4242;

    /// <summary>IPv4 only.</summary>
    public bool DontFragment { get; init; } = true;

    /// <summary>IPv4 only, a multiple of 4 bytes.</summary>
    public byte[] Options { get; init; } = [];

    /// <summary>IPv6 only, in their order.</summary>
    public Extension[] Extensions { get; init; } = [];

    public bool IsVersion6 => Source.AddressFamily == AddressFamily.InterNetworkV6;

    public byte[] ToBytes()
    {
        byte[] segment = Segment.Between(Source, Destination);
        return IsVersion6 ? Write6(segment, Extensions) : Write4(segment, DontFragment ? 0x4000 : 0);
    }

    /// <summary>The fragment that carries some bytes of the segment.</summary>
    /// <param name="offset">Multiple of 8.</param>
    /// <param name="length">Multiple of 8, or null for all that is left.</param>
    public byte[] Fragment(int offset, int? length = null)
    {
        byte[] whole = Segment.Between(Source, Destination);
        int end = length is { } count ? offset + count : whole.Length;
        byte[] part = whole[offset..end];
        bool more = end < whole.Length;
        return IsVersion6
            ? Write6(part, [.. Extensions, Extension.Fragment(offset, more, Identification)])
            : Write4(part, offset / 8 | (more ? 0x2000 : 0));
    }

    /// <summary><code>| 4, length | class | total | identification | flags, offset | hops | protocol | checksum | source | destination | options |</code></summary>
    private byte[] Write4(byte[] segment, int fragment)
    {
        byte[] header = new byte[20 + Options.Length];
        header[0] = (byte)(0x40 | header.Length / 4);
        header[1] = TrafficClass;
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)(header.Length + segment.Length));
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(4), (ushort)Identification);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(6), (ushort)fragment);
        header[8] = Hops;
        header[9] = Segment.Protocol;
        Source.GetAddressBytes().CopyTo(header, 12);
        Destination.GetAddressBytes().CopyTo(header, 16);
        Options.CopyTo(header, 20);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(10), Checksum.Of(header));
        return [.. header, .. segment];
    }

    /// <summary><code>| 6, class, flow label (4) | payload | next header | hops | source (16) | destination (16) | extension headers |</code></summary>
    private byte[] Write6(byte[] segment, Extension[] extensions)
    {
        byte[] chain = [];
        byte next = Segment.Protocol;
        foreach (Extension extension in extensions.Reverse())
        {
            chain = [next, .. extension.Rest, .. chain];
            next = extension.Type;
        }
        byte[] header = new byte[40];
        BinaryPrimitives.WriteUInt32BigEndian(header, 0x6000_0000u | (uint)TrafficClass << 20);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(4), (ushort)(chain.Length + segment.Length));
        header[6] = next;
        header[7] = Hops;
        Source.GetAddressBytes().CopyTo(header, 8);
        Destination.GetAddressBytes().CopyTo(header, 24);
        return [.. header, .. chain, .. segment];
    }
}
