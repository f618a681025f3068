using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Fairway.Linux.Capture;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Routing;
using Microsoft.Win32.SafeHandles;

namespace Fairway.Torture.Tests.Hostile;

/// <summary>An interface in a namespace as somebody with every right in there uses it: sends any frame, sees every frame that comes.</summary>
internal sealed partial class RawPort : IDisposable
{
    private const int AfPacket = 17, SockRaw = 3, AllProtocols = 3, NewNet = 0x40000000;

    private readonly NetworkNamespace _space;
    private readonly SafeSocketHandle _sender;
    private readonly PacketSocket _capture;

    public RawPort(Place place, string name)
    {
        _space = NetworkNamespace.OpenPath(place.Path);
        using RouteNetlink route = RouteNetlink.Open(_space);
        int index = route.GetLink(name).Index;
        _capture = PacketSocket.Open(index, _space, new PacketSocketOptions { SnapLength = 2048, Promiscuous = true });
        _sender = OpenThere(place.Path, index);
    }

    /// <summary>Sends a frame; the kernel itself may refuse one that is longer than the interface takes.</summary>
    public void Send(byte[] frame) => Check(write(_sender.DangerousGetHandle().ToInt32(), frame, (nuint)frame.Length), "send a frame");

    /// <summary>Frames that have come in since the last call.</summary>
    public List<byte[]> Arrived()
    {
        var frames = new List<byte[]>();
        while (_capture.TryReceive(out CapturedPacket packet))
        {
            if (!packet.IsOutgoing)
                frames.Add(packet.Data.ToArray());
        }
        return frames;
    }

    public void Dispose()
    {
        _capture.Dispose();
        _sender.Dispose();
        _space.Dispose();
    }

    /// <summary>On a thread of its own that ends there: a namespace stays with the thread.</summary>
    private static SafeSocketHandle OpenThere(string path, int index)
    {
        int socket = -1;
        Exception? problem = null;
        var visitor = new Thread(() =>
        {
            try
            {
                using SafeFileHandle space = File.OpenHandle(path);
                Check(setns(space.DangerousGetHandle().ToInt32(), NewNet), "enter a namespace");
                socket = RawPort.socket(AfPacket, SockRaw, 0);
                Check(socket, "open a packet socket");
                byte[] address = new byte[20];
                BinaryPrimitives.WriteUInt16LittleEndian(address, AfPacket);
                BinaryPrimitives.WriteUInt16BigEndian(address.AsSpan(2), AllProtocols);
                BinaryPrimitives.WriteInt32LittleEndian(address.AsSpan(4), index);
                Check(bind(socket, address, (uint)address.Length), "bind a packet socket");
            }
            catch (IOException refused)
            {
                problem = refused;
            }
        });
        visitor.Start();
        visitor.Join();
        return problem is null ? new SafeSocketHandle(socket, ownsHandle: true) : throw new IOException(problem.Message, problem);
    }

    private static void Check(nint result, string operation)
    {
        if (result < 0)
            throw new IOException($"{operation}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int socket(int domain, int type, int protocol);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int bind(int fd, byte[] address, uint length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setns(int fd, int type);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int fd, byte[] data, nuint length);
}
