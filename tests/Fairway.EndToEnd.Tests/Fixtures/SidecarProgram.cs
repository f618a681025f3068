using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Fairway.EndToEnd.Tests.Fixtures;

/// <summary>
/// A proxy as people run beside their applications, in a process of its own: it asks the kernel where a connection was to go, says so to who called, and goes on there itself. It ends
/// with its standard input.
/// </summary>
internal static class SidecarProgram
{
    public const string Marker = "--sidecar";

    private const int Ip = 0;
    private const int Ipv6 = 41;
    private const int OriginalDestination = 80;

    public static int Run(int outbound, int inbound)
    {
        Serve(outbound, "out", original => original);
        // The application is in this very namespace.
        Serve(inbound, "in", original => new IPEndPoint(original.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Loopback : IPAddress.IPv6Loopback, original.Port));
        Console.WriteLine("ready");
        Console.In.ReadToEnd();
        return 0;
    }

    private static void Serve(int port, string direction, Func<IPEndPoint, IPEndPoint> target)
    {
        var listener = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
        listener.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
        listener.Listen(128);
        Start(() =>
        {
            while (true)
            {
                Socket caller = listener.Accept();
                Start(() => Proxy(caller, direction, target));
            }
        });
    }

    private static void Proxy(Socket caller, string direction, Func<IPEndPoint, IPEndPoint> target)
    {
        using (caller)
        {
            try
            {
                IPEndPoint original = OriginalOf(caller);
                caller.Send(Encoding.ASCII.GetBytes($"{direction} {original}\n"));
                using var onward = new Socket(original.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                onward.Connect(target(original));
                Start(() => Pump(caller, onward));
                Pump(onward, caller);
            }
            catch (SocketException e)
            {
                Console.Error.WriteLine($"{direction}: {e.Message}");
            }
        }
    }

    /// <summary>As the kernel says it, of whichever family the connection is.</summary>
    private static IPEndPoint OriginalOf(Socket caller)
    {
        byte[] answer = new byte[28];
        bool v4 = ((IPEndPoint)caller.RemoteEndPoint!).Address.IsIPv4MappedToIPv6;
        int length = caller.GetRawSocketOption(v4 ? Ip : Ipv6, OriginalDestination, answer);
        int port = BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(2));
        return (v4, length) switch
        {
            (true, 16) => new IPEndPoint(new IPAddress(answer.AsSpan(4, 4)), port),
            (false, 28) => new IPEndPoint(new IPAddress(answer.AsSpan(8, 16)), port),
            _ => throw new InvalidOperationException($"an answer of {length} bytes"),
        };
    }

    private static void Pump(Socket from, Socket to)
    {
        byte[] buffer = new byte[4096];
        try
        {
            int length;
            while ((length = from.Receive(buffer)) > 0)
                to.Send(buffer, length, SocketFlags.None);
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One of both went away.
        }
    }

    private static void Start(ThreadStart work) => new Thread(work) { IsBackground = true }.Start();
}
