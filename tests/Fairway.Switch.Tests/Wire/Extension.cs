namespace Fairway.Switch.Tests.Wire;

/// <summary>An extension header of IPv6, without its first byte (the next header): <code>| length in 8-octet units, the first not counted | ... |</code></summary>
internal sealed record Extension(byte Type, params byte[] Rest)
{
    /// <summary>Padding only.</summary>
    public static Extension HopByHop => new(Protocols.HopByHop, 0, 1, 4, 0, 0, 0, 0);

    /// <summary>Padding only, of 8 bytes times a number.</summary>
    public static Extension DestinationOptions(int units = 1) => new(Protocols.DestinationOptions, [(byte)(units - 1), .. Padding(8 * units - 2)]);

    /// <summary>One address to go.</summary>
    public static Extension Routing(byte type, byte segmentsLeft)
        => new(Protocols.Routing, [2, type, segmentsLeft, 0, 0, 0, 0, .. System.Net.IPAddress.Parse("2001:db8::99").GetAddressBytes()]);

    /// <summary><code>| reserved | offset (13), reserved (2), more (1) | identification (4) |</code></summary>
    public static Extension Fragment(int offset, bool more, uint identification) => new(
        Protocols.Fragment, 0, (byte)(offset >> 8), (byte)(offset | (more ? 1 : 0)), (byte)(identification >> 24), (byte)(identification >> 16), (byte)(identification >> 8),
        (byte)identification);

    private static byte[] Padding(int length)
    {
        // PadN: type 1, length of what follows.
        byte[] bytes = new byte[length];
        bytes[0] = 1;
        bytes[1] = (byte)(length - 2);
        return bytes;
    }
}
