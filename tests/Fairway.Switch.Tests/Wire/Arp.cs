using System.Buffers.Binary;
using System.Net;
using Fairway.Model.Addressing;

namespace Fairway.Switch.Tests.Wire;

/// <summary>RFC 826: <code>| hardware 1 | protocol 0x0800 | 6 | 4 | operation | sender MAC | sender | target MAC | target |</code></summary>
internal static class Arp
{
    public const ushort Request = 1;
    public const ushort Reply = 2;

    public static byte[] Of(ushort operation, MacAddress senderMac, IPAddress sender, MacAddress targetMac, IPAddress target)
    {
        byte[] bytes = new byte[28];
        bytes[1] = 1;
        bytes[2] = 0x08;
        bytes[4] = 6;
        bytes[5] = 4;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(6), operation);
        senderMac.CopyTo(bytes.AsSpan(8));
        sender.GetAddressBytes().CopyTo(bytes, 14);
        targetMac.CopyTo(bytes.AsSpan(18));
        target.GetAddressBytes().CopyTo(bytes, 24);
        return bytes;
    }
}
