using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Netlink;

/// <summary>Walks the messages of one received datagram.</summary>
public ref struct NetlinkReader
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>Begins at the first message.</summary>
    /// <param name="datagram">What one receive returned.</param>
    public NetlinkReader(ReadOnlySpan<byte> datagram) => _rest = datagram;

    /// <summary>Takes the next message.</summary>
    /// <param name="message">The message, when there is one.</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="InvalidDataException">A length is smaller than a header or reaches beyond the datagram.</exception>
    public bool Read(out NetlinkMessage message)
    {
        if (_rest.IsEmpty)
        {
            message = default;
            return false;
        }
        int size = Unsafe.SizeOf<nlmsghdr>();
        if (_rest.Length < size)
            throw new InvalidDataException($"netlink datagram ends with {_rest.Length} bytes, too few for a header");
        nlmsghdr header = MemoryMarshal.Read<nlmsghdr>(_rest);
        if (header.nlmsg_len < size || header.nlmsg_len > _rest.Length)
            throw new InvalidDataException($"netlink message says {header.nlmsg_len} bytes where {_rest.Length} are left");
        int length = (int)header.nlmsg_len;
        message = new NetlinkMessage(header.nlmsg_type, header.nlmsg_flags, header.nlmsg_seq, header.nlmsg_pid, _rest[size..length]);
        int padded = NetlinkAlignment.Align(length);
        _rest = padded < _rest.Length ? _rest[padded..] : [];
        return true;
    }
}
