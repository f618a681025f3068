using System.Net;
using System.Net.Sockets;
using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Routing;

/// <summary>IP addresses and prefixes as the kernel writes them.</summary>
internal static class KernelAddress
{
    public static byte Family(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6
        ? (byte)sys_socket.AF_INET6
        : (byte)sys_socket.AF_INET;

    public static byte Family(AddressFamily? family) => family switch
    {
        null => sys_socket.AF_UNSPEC,
        AddressFamily.InterNetwork => sys_socket.AF_INET,
        AddressFamily.InterNetworkV6 => sys_socket.AF_INET6,
        _ => throw new ArgumentOutOfRangeException(nameof(family), $"address family {family} is neither IPv4 nor IPv6"),
    };

    public static AddressFamily? ToManaged(byte family) => family switch
    {
        sys_socket.AF_INET => AddressFamily.InterNetwork,
        sys_socket.AF_INET6 => AddressFamily.InterNetworkV6,
        _ => null,
    };

    /// <summary>The prefix of an address, bits beyond it cleared; no address is the unspecified one of the family.</summary>
    public static IPNetwork Network(byte family, IPAddress? address, int prefixLength)
    {
        address ??= family == sys_socket.AF_INET6 ? IPAddress.IPv6Any : IPAddress.Any;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int length);
        if (prefixLength > length * 8)
            throw new InvalidDataException($"address {address} with a prefix length of {prefixLength}");
        for (int i = 0; i < length; i++)
            bytes[i] &= (byte)(0xFF00 >> Math.Clamp(prefixLength - (8 * i), 0, 8));
        return new IPNetwork(new IPAddress(bytes[..length]), prefixLength);
    }

    /// <summary>RTA_VIA { u16 family, address }.</summary>
    public static IPAddress? ReadVia(NetlinkAttribute via)
        => via.Value.Length is 2 + 4 or 2 + 16 ? new IPAddress(via.Value[2..]) : null;
}
