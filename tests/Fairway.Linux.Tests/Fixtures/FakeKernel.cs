using System.Net.Sockets;
using System.Runtime.InteropServices;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Tests.Fixtures;

/// <summary>The other end of a netlink socket, played by the test: each request is answered with the datagrams the script makes of it.</summary>
internal sealed partial class FakeKernel : IDisposable
{
    private readonly Socket _end;
    private readonly Task _serving;

    /// <param name="script">Number of the request, from 1, and its sequence number, to datagrams.</param>
    public FakeKernel(Func<int, uint, IEnumerable<byte[]>> script)
    {
        int[] pair = new int[2];
        Assert.Equal(0, SocketPair(1, 5, 0, pair));
        Client = NetlinkSocket.Over(new SafeFileDescriptor(pair[0]));
        _end = new Socket(new SafeSocketHandle(pair[1], ownsHandle: true));
        _serving = ServeAsync(script);
    }

    public NetlinkSocket Client { get; }

    public int Requests { get; private set; }

    /// <summary>A message: header, then payload, padded.</summary>
    public static byte[] Message(ushort type, uint sequence, byte[] payload, ushort flags = 2)
    {
        byte[] message = new byte[(16 + payload.Length + 3) & ~3];
        BitConverter.TryWriteBytes(message, 16 + payload.Length);
        BitConverter.TryWriteBytes(message.AsSpan(4), type);
        BitConverter.TryWriteBytes(message.AsSpan(6), flags);
        BitConverter.TryWriteBytes(message.AsSpan(8), sequence);
        payload.CopyTo(message, 16);
        return message;
    }

    /// <summary>The end of a dump.</summary>
    public static byte[] Done(uint sequence, int code = 0) => Message(3, sequence, BitConverter.GetBytes(code));

    /// <summary>An error, or an acknowledgement.</summary>
    public static byte[] Error(uint sequence, Errno errno) => Message(2, sequence, [.. BitConverter.GetBytes(-(int)errno), .. new byte[16]], flags: 0x100);

    public void Dispose()
    {
        Client.Dispose();
        _end.Dispose();
        _serving.GetAwaiter().GetResult();
    }

    private async Task ServeAsync(Func<int, uint, IEnumerable<byte[]>> script)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            while (await _end.ReceiveAsync(buffer) > 0)
            {
                Requests++;
                foreach (byte[] datagram in script(Requests, BitConverter.ToUInt32(buffer, 8)))
                    await _end.SendAsync(datagram);
            }
        }
        catch (SocketException)
        {
            // the client is gone
        }
        catch (ObjectDisposedException)
        {
            // or the test is over
        }
    }

    [LibraryImport("libc", EntryPoint = "socketpair")]
    private static partial int SocketPair(int domain, int type, int protocol, int[] pair);
}
