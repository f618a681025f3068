using System.Buffers.Binary;
using System.Net;

namespace Fairway.Switch.Tests.Wire;

/// <summary>The Internet checksum (RFC 1071), computed anew: the switch changes it by difference, so an error of one does not hide an error of the other.</summary>
internal static class Checksum
{
    public static uint Sum(ReadOnlySpan<byte> bytes, uint sum = 0)
    {
        for (; bytes.Length > 1; bytes = bytes[2..])
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
        return bytes.IsEmpty ? sum : sum + ((uint)bytes[0] << 8);
    }

    public static ushort Finish(uint sum)
    {
        while (sum > 0xFFFF)
            sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }

    public static ushort Of(ReadOnlySpan<byte> bytes) => Finish(Sum(bytes));

    /// <summary>What a transport checksum covers besides the segment: addresses, length, protocol.</summary>
    public static uint PseudoHeader(IPAddress source, IPAddress destination, byte protocol, int length)
        => Sum(destination.GetAddressBytes(), Sum(source.GetAddressBytes(), protocol + (uint)length));
}
