using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Fairway.Linux.Diag;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Sockets;

/// <summary>Finds out whether a port is free by binding it for a moment.</summary>
public static class LocalPort
{
    /// <summary>
    /// Whether a socket without SO_REUSEADDR could be bound, in the namespace of the calling thread. It takes some microseconds; listing the sockets
    /// of a port takes the kernel a walk through a table of all sockets, milliseconds. For as long as it takes, others cannot bind the port.
    /// </summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="address">One address, any address of a family, or null for both families.</param>
    /// <param name="port">The port, not 0.</param>
    /// <returns>
    /// True means that no socket has the port. False may also mean that a connection of this host or the rest of a closed one has it, that the
    /// address is not the host's, or that the port may not be bound.
    /// </returns>
    public static bool CanBind(TransportProtocol protocol, IPAddress? address, ushort port)
    {
        if (address?.AddressFamily == AddressFamily.InterNetwork)
            return CanBind4(protocol, address, port);
        using SafeFileDescriptor socket = Open(sys_socket.AF_INET6, protocol);
        // A host without IPv6.
        if (socket.IsInvalid)
            return address is null && CanBind4(protocol, IPAddress.Any, port);
        return socket.TrySetOption(netinet_in.IPPROTO_IPV6, netinet_in.IPV6_V6ONLY, address is null ? 0 : 1)
            && Bind6(socket, address ?? IPAddress.IPv6Any, port);
    }

    private static bool CanBind4(TransportProtocol protocol, IPAddress address, ushort port)
    {
        using SafeFileDescriptor socket = Open(sys_socket.AF_INET, protocol);
        var name = new sockaddr_in { sin_family = sys_socket.AF_INET, sin_port = BigEndian(port) };
        Span<byte> bytes = stackalloc byte[4];
        address.TryWriteBytes(bytes, out _);
        name.sin_addr = Unsafe.ReadUnaligned<uint>(ref bytes[0]);
        return !socket.IsInvalid && Libc.bind(socket, name, (uint)Unsafe.SizeOf<sockaddr_in>()) == 0;
    }

    private static unsafe bool Bind6(SafeFileDescriptor socket, IPAddress address, ushort port)
    {
        var name = new sockaddr_in6 { sin6_family = sys_socket.AF_INET6, sin6_port = BigEndian(port) };
        address.TryWriteBytes(new Span<byte>(name.sin6_addr, 16), out _);
        return Libc.bind(socket, name, (uint)sizeof(sockaddr_in6)) == 0;
    }

    private static SafeFileDescriptor Open(int family, TransportProtocol protocol)
        => new(Libc.socket(family, (protocol == TransportProtocol.Tcp ? sys_socket.SOCK_STREAM : sys_socket.SOCK_DGRAM) | sys_socket.SOCK_CLOEXEC, (int)protocol));

    private static ushort BigEndian(ushort port) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(port) : port;
}
