using System.Buffers.Binary;
using Fairway.Model.Addressing;

namespace Fairway.Switch.Tests.Wire;

/// <summary>Ethernet: <code>| destination (6) | source (6) | ether type | ... |</code></summary>
internal static class Frame
{
    public const int HeaderLength = 14;
    public const ushort Ip4 = 0x0800;
    public const ushort Arp = 0x0806;
    public const ushort Ip6 = 0x86DD;

    public static MacAddress Broadcast => new(0xFFFF_FFFF_FFFF);

    public static byte[] Of(MacAddress to, MacAddress from, ushort etherType, params byte[] payload)
    {
        byte[] header = new byte[HeaderLength];
        to.CopyTo(header);
        from.CopyTo(header.AsSpan(6));
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(12), etherType);
        return [.. header, .. payload];
    }

    /// <summary>Around an IP packet, whose first nibble tells the ether type.</summary>
    public static byte[] Of(MacAddress to, MacAddress from, byte[] packet) => Of(to, from, packet[0] >> 4 == 6 ? Ip6 : Ip4, packet);

    public static byte[] Of(MacAddress to, MacAddress from, Packet packet) => Of(to, from, packet.ToBytes());
}
