using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Capture;

public sealed unsafe partial class PacketSocket
{
    /// <summary>Takes the next packet that waits.</summary>
    /// <param name="packet">The packet; its data is overwritten by the next call.</param>
    /// <returns>False if none waits.</returns>
    /// <exception cref="LinuxException">The link went down or away (ENETDOWN); one that comes up again is captured further.</exception>
    public bool TryReceive(out CapturedPacket packet)
    {
        sockaddr_ll sender = default;
        byte* control = stackalloc byte[128];
        nint length;
        nuint controlLength;
        fixed (byte* data = _buffer)
        {
            var segment = new iovec { iov_base = data, iov_len = (nuint)_buffer.Length };
            var message = new msghdr
            {
                msg_name = &sender,
                msg_namelen = (uint)Unsafe.SizeOf<sockaddr_ll>(),
                msg_iov = &segment,
                msg_iovlen = 1,
                msg_control = control,
                msg_controllen = 128,
            };
            length = Receive(&message);
            controlLength = message.msg_controllen;
        }
        packet = length < 0 ? default : new CapturedPacket
        {
            Data = _buffer.AsSpan(0, (int)Math.Min(length, _buffer.Length)),
            OriginalLength = (int)length,
            Timestamp = ReadTimestamp(new ReadOnlySpan<byte>(control, (int)controlLength)),
            IsOutgoing = sender.sll_pkttype == linux_if_packet.PACKET_OUTGOING,
        };
        return length >= 0;
    }

    /// <summary>Waits, blocking, until a packet waits, <see cref="Wake"/> is called, or the time is over.</summary>
    /// <param name="timeout">How long, rounded up to milliseconds; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <returns>False if the time was over.</returns>
    /// <exception cref="LinuxException">Waiting failed.</exception>
    public bool Wait(TimeSpan timeout) => _wait.Wait(_fd, timeout);

    /// <summary>Ends a <see cref="Wait"/> in progress, or the next one.</summary>
    public void Wake() => _wait.Wake();

    /// <summary>Hands over packets as they come, on a thread of its own, until cancelled.</summary>
    /// <param name="handler">Receives each packet; what it throws ends the capture.</param>
    /// <param name="cancellationToken">Ends the capture.</param>
    /// <returns>Completes when cancelled; fails with what the handler threw, or when the link went down or away (ENETDOWN).</returns>
    public Task RunAsync(CapturedPacketHandler handler, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return _wait.RunAsync(
            () =>
            {
                Wait(Timeout.InfiniteTimeSpan);
                while (!cancellationToken.IsCancellationRequested && TryReceive(out CapturedPacket packet))
                    handler(packet);
            },
            cancellationToken);
    }

    /// <summary>Length of the packet on the wire, whatever of it fitted; -1 if none waits.</summary>
    private nint Receive(msghdr* message)
    {
        while (true)
        {
            nint length = Libc.recvmsg(_fd, message, sys_socket.MSG_DONTWAIT | sys_socket.MSG_TRUNC);
            if (length >= 0)
                return length;
            switch ((Errno)Marshal.GetLastPInvokeError())
            {
                case Errno.EINTR: continue;
                case Errno.EAGAIN: return -1;
                default: throw LinuxException.FromLastError("capture packet");
            }
        }
    }

    /// <summary>Finds SCM_TIMESTAMPNS among the control messages: cmsghdr and value, each padded to eight bytes.</summary>
    private static long ReadTimestamp(ReadOnlySpan<byte> control)
    {
        int header = Unsafe.SizeOf<cmsghdr>();
        while (control.Length >= header)
        {
            cmsghdr message = MemoryMarshal.Read<cmsghdr>(control);
            int length = (int)message.cmsg_len;
            if (length < header || length > control.Length)
                break;
            if (message is { cmsg_level: sys_socket.SOL_SOCKET, cmsg_type: sys_socket.SO_TIMESTAMPNS } && length >= header + Unsafe.SizeOf<timespec>())
            {
                timespec time = MemoryMarshal.Read<timespec>(control[header..]);
                return (time.tv_sec * 1_000_000_000L) + time.tv_nsec;
            }
            control = control[Math.Min((length + 7) & ~7, control.Length)..];
        }
        return 0;
    }
}
