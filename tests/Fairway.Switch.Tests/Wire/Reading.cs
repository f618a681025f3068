using System.Buffers.Binary;
using System.Net;
using Fairway.Model.Addressing;

namespace Fairway.Switch.Tests.Wire;

/// <summary>What a frame says, read independently of the switch. Reading asserts every length and every checksum that can be computed.</summary>
internal sealed class Reading
{
    private const byte IcmpTimeExceeded = 11;
    private const byte IcmpParameterProblem = 12;

    private Reading()
    {
    }

    public MacAddress To { get; private set; }

    public MacAddress From { get; private set; }

    public ushort EtherType { get; private set; }

    public IPAddress Source { get; private set; } = IPAddress.None;

    public IPAddress Destination { get; private set; } = IPAddress.None;

    public byte Hops { get; private set; }

    public byte Protocol { get; private set; }

    /// <summary>Of TCP and UDP; of an ICMP echo, the identifier.</summary>
    public ushort SourcePort { get; private set; }

    public ushort DestinationPort { get; private set; }

    public byte IcmpType { get; private set; }

    public byte IcmpCode { get; private set; }

    /// <summary>The second word of an ICMP header.</summary>
    public uint IcmpRest { get; private set; }

    public ushort TransportChecksum { get; private set; }

    /// <summary>The packet an ICMP error is about.</summary>
    public Reading? Quoted { get; private set; }

    public bool IsVersion6 => Source.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;

    public static Reading OfFrame(ReadOnlySpan<byte> frame)
    {
        var reading = new Reading
        {
            To = MacAddress.FromBytes(frame),
            From = MacAddress.FromBytes(frame[6..]),
            EtherType = BinaryPrimitives.ReadUInt16BigEndian(frame[12..]),
        };
        if (reading.EtherType is Frame.Ip4 or Frame.Ip6)
            reading.ReadPacket(frame[Frame.HeaderLength..], whole: true);
        return reading;
    }

    private void ReadPacket(ReadOnlySpan<byte> packet, bool whole)
    {
        if (packet[0] >> 4 == 4)
            Read4(packet, whole);
        else
            Read6(packet, whole);
    }

    private void Read4(ReadOnlySpan<byte> packet, bool whole)
    {
        int header = (packet[0] & 0x0F) * 4;
        Assert.True(Checksum.Of(packet[..header]) == 0, "the checksum of the IPv4 header is wrong");
        (Source, Destination) = (new IPAddress(packet[12..16]), new IPAddress(packet[16..20]));
        (Hops, Protocol) = (packet[8], packet[9]);
        int total = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        ushort fragment = BinaryPrimitives.ReadUInt16BigEndian(packet[6..]);
        ReadTransport(packet[header..(whole ? total : packet.Length)], whole && (fragment & 0x3FFF) == 0, later: (fragment & 0x1FFF) != 0);
    }

    private void Read6(ReadOnlySpan<byte> packet, bool whole)
    {
        (Source, Destination) = (new IPAddress(packet[8..24]), new IPAddress(packet[24..40]));
        (Protocol, Hops) = (packet[6], packet[7]);
        int end = whole ? 40 + BinaryPrimitives.ReadUInt16BigEndian(packet[4..]) : packet.Length;
        ReadOnlySpan<byte> rest = packet[40..end];
        (bool fragment, bool later) = (false, false);
        while (!later && Protocol is Protocols.HopByHop or Protocols.Routing or Protocols.DestinationOptions or Protocols.Fragment)
        {
            bool isFragment = Protocol == Protocols.Fragment;
            ushort word = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            fragment |= isFragment && (word & 0xFFF9) != 0;
            later |= isFragment && (word & 0xFFF8) != 0;
            Protocol = rest[0];
            rest = rest[(isFragment ? 8 : 8 + rest[1] * 8)..];
        }
        ReadTransport(rest, whole && !fragment, later);
    }

    /// <param name="complete">The segment is all there, so its checksum can be told.</param>
    private void ReadTransport(ReadOnlySpan<byte> segment, bool complete, bool later)
    {
        if (later || segment.Length < 8)
            return;
        switch (Protocol)
        {
            case Protocols.Tcp:
            case Protocols.Udp:
                SourcePort = BinaryPrimitives.ReadUInt16BigEndian(segment);
                DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(segment[2..]);
                int at = Protocol == Protocols.Tcp ? 16 : 6;
                if (segment.Length >= at + 2)
                    TransportChecksum = BinaryPrimitives.ReadUInt16BigEndian(segment[at..]);
                if (complete && !(Protocol == Protocols.Udp && TransportChecksum == 0))
                    Assert.True(SumIsRight(segment, coversAddresses: true), $"the checksum of protocol {Protocol} is wrong");
                break;
            case Protocols.Icmp when !IsVersion6:
            case Protocols.Icmp6 when IsVersion6:
                ReadIcmp(segment, complete);
                break;
        }
    }

    private void ReadIcmp(ReadOnlySpan<byte> segment, bool complete)
    {
        (IcmpType, IcmpCode, IcmpRest) = (segment[0], segment[1], BinaryPrimitives.ReadUInt32BigEndian(segment[4..]));
        TransportChecksum = BinaryPrimitives.ReadUInt16BigEndian(segment[2..]);
        if (complete)
            Assert.True(SumIsRight(segment, coversAddresses: IsVersion6), "the checksum of ICMP is wrong");
        if (IsVersion6 ? IcmpType is 128 or 129 : IcmpType is 0 or 8)
            SourcePort = DestinationPort = (ushort)(IcmpRest >> 16);
        bool isError = IsVersion6 ? IcmpType < 128 : IcmpType is 3 or IcmpTimeExceeded or IcmpParameterProblem;
        bool hasQuote = segment.Length >= 8 + (IsVersion6 ? 40 : 20) && segment[8] >> 4 == (IsVersion6 ? 6 : 4);
        if (isError && complete && hasQuote)
        {
            Quoted = new Reading();
            Quoted.ReadPacket(segment[8..], whole: false);
        }
    }

    private bool SumIsRight(ReadOnlySpan<byte> segment, bool coversAddresses)
    {
        uint sum = coversAddresses ? Checksum.PseudoHeader(Source, Destination, Protocol, segment.Length) : 0;
        return Checksum.Finish(Checksum.Sum(segment, sum)) == 0;
    }
}
