using System.Net;
using Fairway.Model.Addressing;

namespace Fairway.Switch.Tests.Wire;

/// <summary>RFC 4861.</summary>
internal static class NeighbourDiscovery
{
    public const byte RouterSolicitation = 133;
    public const byte RouterAdvertisement = 134;
    public const byte Solicitation = 135;
    public const byte Advertisement = 136;
    public const byte Redirect = 137;

    /// <summary>Who has the address? With the asker's MAC as an option, unless it has no address yet.</summary>
    public static Packet Solicit(IPAddress source, IPAddress target, MacAddress? sourceMac)
        => new(source, SolicitedNode(target), Segment.Icmp(true, Solicitation, body: [.. target.GetAddressBytes(), .. sourceMac is { } mac ? Option(1, mac) : []])) { Hops = 255 };

    /// <summary>The address is here. Flags: solicited and override.</summary>
    public static Packet Advertise(IPAddress source, IPAddress destination, MacAddress mac)
        => new(source, destination, Segment.Icmp(true, Advertisement, rest: 0x6000_0000, body: [.. source.GetAddressBytes(), .. Option(2, mac)])) { Hops = 255 };

    /// <summary>ff02::1:ffXX:XXXX</summary>
    public static IPAddress SolicitedNode(IPAddress target)
    {
        byte[] bytes = IPAddress.Parse("ff02::1:ff00:0").GetAddressBytes();
        target.GetAddressBytes().AsSpan(13).CopyTo(bytes.AsSpan(13));
        return new IPAddress(bytes);
    }

    /// <summary>33:33 and the last four bytes of the group.</summary>
    public static MacAddress MacOf(IPAddress group)
    {
        byte[] bytes = group.GetAddressBytes();
        return MacAddress.FromBytes([0x33, 0x33, bytes[12], bytes[13], bytes[14], bytes[15]]);
    }

    private static byte[] Option(byte type, MacAddress mac)
    {
        byte[] bytes = [type, 1, 0, 0, 0, 0, 0, 0];
        mac.CopyTo(bytes.AsSpan(2));
        return bytes;
    }
}
