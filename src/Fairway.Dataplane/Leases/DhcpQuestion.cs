using System.Buffers.Binary;
using System.Net;
using Fairway.Model.Addressing;

namespace Fairway.Dataplane.Leases;

/// <summary>What a DHCP client says (RFC 2131), as far as somebody needs it who has one address for it and no other.</summary>
/// <param name="Type">What it wants.</param>
/// <param name="Transaction">Its mark on the exchange.</param>
/// <param name="Seconds">Kept for the answer.</param>
/// <param name="WantsBroadcast">Whether it hears nothing that is addressed to an address it has not yet.</param>
/// <param name="Sender">MAC the frame came from.</param>
/// <param name="Client">MAC it speaks for.</param>
/// <param name="Present">The address it has, 0.0.0.0 without one.</param>
/// <param name="Requested">The address it asks for, or null.</param>
/// <param name="Server">The server it has chosen, or null.</param>
internal sealed record DhcpQuestion(DhcpType Type, uint Transaction, ushort Seconds, bool WantsBroadcast, MacAddress Sender, MacAddress Client, IPAddress Present, IPAddress? Requested, IPAddress? Server)
{
    /// <summary>Port of servers.</summary>
    public const ushort ServerPort = 67;

    /// <summary>Port of clients.</summary>
    public const ushort ClientPort = 68;

    /// <summary>Length of a message before its options, the cookie included.</summary>
    public const int FixedLength = 240;

    /// <summary>Before the options of a message (RFC 1497).</summary>
    public const uint Cookie = 0x63825363;

    private const int Ethernet = 14, Ipv4 = 20, Udp = 8;
    private const byte Request = 1, EthernetHardware = 1, MacLength = 6;

    /// <summary>Reads a frame with a datagram over IPv4; null when it holds no question.</summary>
    public static DhcpQuestion? TryRead(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < Ethernet + Ipv4 + Udp + FixedLength || frame[Ethernet] >> 4 != 4)
            return null;
        int header = (frame[Ethernet] & 0xF) * 4;
        if (header < Ipv4 || frame.Length < Ethernet + header + Udp + FixedLength)
            return null;
        MacAddress sender = Mac(frame[6..]);
        ReadOnlySpan<byte> message = frame[(Ethernet + header + Udp)..];
        if (message[0] != Request || message[1] != EthernetHardware || message[2] != MacLength || BinaryPrimitives.ReadUInt32BigEndian(message[236..]) != Cookie)
            return null;
        ReadOnlySpan<byte> options = message[FixedLength..];
        if (Find(options, DhcpOption.Type) is not [var type] || !Enum.IsDefined((DhcpType)type))
            return null;
        return new DhcpQuestion((DhcpType)type, BinaryPrimitives.ReadUInt32BigEndian(message[4..]), BinaryPrimitives.ReadUInt16BigEndian(message[8..]), (message[10] & 0x80) != 0,
            sender, Mac(message[28..]), new IPAddress(message[12..16]), Address(Find(options, DhcpOption.RequestedAddress)), Address(Find(options, DhcpOption.Server)));
    }

    /// <summary>The value of the first option of a kind; empty when it is not there, or reaches beyond the end.</summary>
    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> options, DhcpOption wanted)
    {
        while (options.Length >= 2 && (DhcpOption)options[0] != DhcpOption.End)
        {
            if ((DhcpOption)options[0] == DhcpOption.Pad)
            {
                options = options[1..];
                continue;
            }
            int length = options[1];
            if (options.Length < 2 + length)
                break;
            if ((DhcpOption)options[0] == wanted)
                return options.Slice(2, length);
            options = options[(2 + length)..];
        }
        return [];
    }

    private static IPAddress? Address(ReadOnlySpan<byte> value) => value.Length == 4 ? new IPAddress(value) : null;

    private static MacAddress Mac(ReadOnlySpan<byte> bytes) => new((ulong)BinaryPrimitives.ReadUInt16BigEndian(bytes) << 32 | BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]));
}
