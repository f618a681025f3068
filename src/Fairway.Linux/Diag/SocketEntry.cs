using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Diag;

/// <summary>A TCP or UDP socket as the kernel lists it.</summary>
public sealed record SocketEntry
{
    /// <summary>Protocol.</summary>
    public required TransportProtocol Protocol { get; init; }

    /// <summary>State.</summary>
    public required SocketState State { get; init; }

    /// <summary>Local address and port; an IPv6 socket may have an IPv4 address mapped into IPv6.</summary>
    public required IPEndPoint Local { get; init; }

    /// <summary>Remote address and port; zeroes when there is none.</summary>
    public required IPEndPoint Remote { get; init; }

    /// <summary>Index of the link the socket is bound to, or 0.</summary>
    public int LinkIndex { get; init; }

    /// <summary>Whether an IPv6 socket serves IPv6 only. The kernel tells for sockets that listen or are not connected.</summary>
    public bool IsV6Only { get; init; }

    /// <summary>User the socket belongs to.</summary>
    public uint UserId { get; init; }

    /// <summary>Inode number, by which <see cref="SocketOwner"/> finds the process; 0 for a socket no process has any more.</summary>
    public uint Inode { get; init; }

    /// <summary>The kernel's number for the socket, not reused before the next boot.</summary>
    public ulong Cookie { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Protocol.ToString().ToLowerInvariant()} {Local}";

    /// <summary>Reads SOCK_DIAG_BY_FAMILY: inet_diag_msg, then INET_DIAG_* attributes. The message does not say the protocol.</summary>
    internal static unsafe bool TryRead(in NetlinkMessage message, TransportProtocol protocol, [MaybeNullWhen(false)] out SocketEntry socket)
    {
        socket = null;
        if (message.Type != linux_sock_diag.SOCK_DIAG_BY_FAMILY)
            return false;
        inet_diag_msg header = message.Header<inet_diag_msg>();
        if (header.idiag_family is not (sys_socket.AF_INET or sys_socket.AF_INET6))
            return false;
        bool v6Only = false;
        AttributeReader attributes = message.Attributes<inet_diag_msg>();
        while (attributes.Read(out NetlinkAttribute attribute))
        {
            if (attribute.Type == linux_sock_diag.INET_DIAG_SKV6ONLY)
                v6Only = attribute.AsByte() != 0;
        }
        socket = new SocketEntry
        {
            Protocol = protocol,
            State = (SocketState)header.idiag_state,
            Local = EndPoint(header.idiag_family, header.id.idiag_src, header.id.idiag_sport),
            Remote = EndPoint(header.idiag_family, header.id.idiag_dst, header.id.idiag_dport),
            LinkIndex = (int)header.id.idiag_if,
            IsV6Only = v6Only,
            UserId = header.idiag_uid,
            Inode = header.idiag_inode,
            Cookie = ((ulong)header.id.idiag_cookie[1] << 32) | header.id.idiag_cookie[0],
        };
        return true;
    }

    /// <summary>Names this very socket, for SOCK_DESTROY.</summary>
    internal unsafe void Write(ref NetlinkWriter writer)
    {
        var id = new inet_diag_sockid
        {
            idiag_sport = SwapPort((ushort)Local.Port),
            idiag_dport = SwapPort((ushort)Remote.Port),
            idiag_if = (uint)LinkIndex,
        };
        id.idiag_cookie[0] = (uint)Cookie;
        id.idiag_cookie[1] = (uint)(Cookie >> 32);
        Local.Address.TryWriteBytes(MemoryMarshal.CreateSpan(ref Unsafe.As<in_addr16, byte>(ref id.idiag_src), 16), out _);
        Remote.Address.TryWriteBytes(MemoryMarshal.CreateSpan(ref Unsafe.As<in_addr16, byte>(ref id.idiag_dst), 16), out _);
        writer.WriteHeader(new inet_diag_req_v2
        {
            sdiag_family = (byte)(Local.AddressFamily == AddressFamily.InterNetwork ? sys_socket.AF_INET : sys_socket.AF_INET6),
            sdiag_protocol = (byte)Protocol,
            idiag_states = 1u << (int)State,
            id = id,
        });
    }

    /// <summary>Ports are in network byte order.</summary>
    internal static ushort SwapPort(ushort port) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(port) : port;

    private static IPEndPoint EndPoint(byte family, in_addr16 address, ushort port)
        => new(new IPAddress(((ReadOnlySpan<byte>)address)[..(family == sys_socket.AF_INET ? 4 : 16)]), SwapPort(port));
}
