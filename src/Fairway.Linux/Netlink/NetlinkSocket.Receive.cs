using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Netlink;

public sealed partial class NetlinkSocket
{
    // The kernel fills at most 32 KiB of a dump into one datagram; only a single link with very many attributes is longer.
    private int _receiveSize = 64 * 1024;
    private byte[]? _buffer;

    private unsafe void SendBytes(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* data = bytes)
        {
            while (Libc.send(_fd, data, (nuint)bytes.Length, 0) < 0)
            {
                if ((Errno)Marshal.GetLastPInvokeError() != Errno.EINTR)
                    throw LinuxException.FromLastError("send netlink request");
            }
        }
    }

    private unsafe int ReceiveInto(Span<byte> buffer)
    {
        while (true)
        {
            sockaddr_nl sender;
            uint senderLength = (uint)Unsafe.SizeOf<sockaddr_nl>();
            nint length;
            fixed (byte* data = buffer)
                length = Libc.recvfrom(_fd, data, (nuint)buffer.Length, sys_socket.MSG_TRUNC, &sender, &senderLength);
            if (length >= 0 && sender.nl_pid == 0)
                return (int)length;
            if (length >= 0)
                continue; // another process, not the kernel
            Errno errno = (Errno)Marshal.GetLastPInvokeError();
            if (errno == Errno.ENOBUFS)
            {
                Drain(buffer);
                throw new LinuxException(errno, "read netlink answer", "", "answers were lost; the request may have been carried out");
            }
            if (errno != Errno.EINTR)
                throw new LinuxException(errno, "read netlink answer");
        }
    }

    /// <summary>After an overrun the kernel drops every further answer until all that waited have been read: without this the next request would wait in vain.</summary>
    private unsafe void Drain(Span<byte> buffer)
    {
        fixed (byte* data = buffer)
        {
            while (Libc.recvfrom(_fd, data, (nuint)buffer.Length, sys_socket.MSG_DONTWAIT, null, null) >= 0
                || (Errno)Marshal.GetLastPInvokeError() is Errno.EINTR or Errno.ENOBUFS)
            {
            }
        }
    }

    /// <summary>Reads one datagram; the reader is valid until the next call.</summary>
    /// <param name="truncated">It did not fit and is lost; the next buffer is large enough.</param>
    private NetlinkReader Receive(out bool truncated)
    {
        _buffer ??= ArrayPool<byte>.Shared.Rent(_receiveSize);
        int length = ReceiveInto(_buffer);
        truncated = length > _buffer.Length;
        if (!truncated)
            return new NetlinkReader(_buffer.AsSpan(0, length));
        _receiveSize = Math.Max(_receiveSize * 2, length);
        ReturnBuffer();
        return default;
    }

    private void ReturnBuffer()
    {
        if (_buffer is { } buffer)
            ArrayPool<byte>.Shared.Return(buffer);
        _buffer = null;
    }
}
