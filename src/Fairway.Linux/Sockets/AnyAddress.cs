using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Sockets;

/// <summary>Sockets that speak in the name of addresses this host does not have. Packets for such addresses reach them where a local route says so.</summary>
public static unsafe class AnyAddress
{
    /// <summary>Lets a socket answer from whatever address it was asked at (IP_TRANSPARENT, IPV6_TRANSPARENT). Needs CAP_NET_ADMIN.</summary>
    /// <param name="socket">A socket that is not bound yet; connections it accepts may do so too.</param>
    /// <exception cref="LinuxException">The caller may not (EPERM).</exception>
    public static void AllowAnyAddress(this Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        int on = 1;
        (int level, int option) = socket.AddressFamily == AddressFamily.InterNetwork
            ? (netinet_in.IPPROTO_IP, netinet_in.IP_TRANSPARENT)
            : (netinet_in.IPPROTO_IPV6, netinet_in.IPV6_TRANSPARENT);
        if (Libc.setsockopt(socket.SafeHandle, level, option, &on, sizeof(int)) != 0)
            throw LinuxException.FromLastError("let socket answer from any address");
    }

    /// <summary>Sends a datagram from an address of the sender's choice. Does not wait: a datagram that finds no room is lost.</summary>
    /// <param name="socket">A UDP socket bound to a wildcard, which may use any address.</param>
    /// <param name="datagram">What to send.</param>
    /// <param name="destination">Whom to.</param>
    /// <param name="source">Whom from; of the same family.</param>
    /// <exception cref="LinuxException">The kernel refused (EINVAL: the address is not this host's and the socket may not use it).</exception>
    public static void SendFrom(this Socket socket, ReadOnlySpan<byte> datagram, IPEndPoint destination, IPAddress source)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(source);
        SocketAddress name = destination.Serialize();
        Span<byte> control = stackalloc byte[64];
        int length = WriteSource(control, source);
        fixed (byte* data = datagram, to = name.Buffer.Span, from = control)
        {
            var part = new iovec { iov_base = data, iov_len = (nuint)datagram.Length };
            var message = new msghdr { msg_name = to, msg_namelen = (uint)name.Size, msg_iov = &part, msg_iovlen = 1, msg_control = from, msg_controllen = (nuint)length };
            if (Libc.sendmsg(socket.SafeHandle, &message, sys_socket.MSG_DONTWAIT) < 0 && LinuxException.FromLastError("send datagram", destination.ToString()) is { Errno: not Errno.EAGAIN } refused)
                throw refused;
        }
    }

    /// <summary>
    /// The control message that names the source: a cmsghdr, then for IPv4 in_pktinfo { int ifindex; in_addr spec_dst; in_addr addr }, of which
    /// spec_dst counts, for IPv6 in6_pktinfo { in6_addr addr; unsigned ifindex } (ip(7), ipv6(7)).
    /// </summary>
    private static int WriteSource(Span<byte> control, IPAddress source)
    {
        bool v4 = source.AddressFamily == AddressFamily.InterNetwork;
        int content = sizeof(cmsghdr) + (v4 ? 12 : 20);
        control.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(control, content);
        BinaryPrimitives.WriteInt32LittleEndian(control[8..], v4 ? netinet_in.IPPROTO_IP : netinet_in.IPPROTO_IPV6);
        BinaryPrimitives.WriteInt32LittleEndian(control[12..], v4 ? netinet_in.IP_PKTINFO : netinet_in.IPV6_PKTINFO);
        source.TryWriteBytes(control[(sizeof(cmsghdr) + (v4 ? 4 : 0))..], out _);
        return (content + 7) & ~7;
    }
}
