using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Fairway.Bench.Workers;

/// <summary>The client of a scenario: one measurement, one line of result.</summary>
internal static class Client
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Requests and answers of 64 bytes over one connection.</summary>
    public static Measurement RoundTrips(IPAddress address, int firstPort, TimeSpan duration)
    {
        using Socket socket = Connect(address, firstPort + WorkerPorts.RoundTrips);
        socket.NoDelay = true;
        return Repeat(duration, () => Exchange(socket));
    }

    /// <summary>Connect, 64 bytes there, 64 bytes back, the server closes.</summary>
    public static Measurement Connections(IPAddress address, int firstPort, TimeSpan duration) => Repeat(duration, () =>
    {
        using Socket socket = Connect(address, firstPort + WorkerPorts.Connections);
        Exchange(socket);
        Span<byte> end = stackalloc byte[1];
        socket.Receive(end);
    });

    /// <summary>Datagrams of 64 bytes, as fast as they go; counted where they arrive.</summary>
    public static Measurement Datagrams(IPAddress address, int firstPort, TimeSpan duration)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(address, firstPort + WorkerPorts.Datagrams);
        Span<byte> payload = stackalloc byte[64];
        long before = Received(address, firstPort);
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            for (int i = 0; i < 64; i++)
                SendUnlessRefused(socket, payload);
        }
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new Measurement((Received(address, firstPort) - before) / seconds, 0, 0);
    }

    /// <summary>One stream of bulk data, in Gbit/s.</summary>
    public static Measurement Stream(IPAddress address, int firstPort, TimeSpan duration)
    {
        using Socket socket = Connect(address, firstPort + WorkerPorts.Stream);
        byte[] payload = new byte[128 * 1024];
        long start = Stopwatch.GetTimestamp(), bytes = 0;
        while (Stopwatch.GetElapsedTime(start) < duration)
            bytes += socket.Send(payload);
        return new Measurement(bytes * 8 / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9, 0, 0);
    }

    private static Measurement Repeat(TimeSpan duration, Action action)
    {
        for (int i = 0; i < 50; i++)
            action();
        var latencies = new List<double>(1 << 20);
        long start = Stopwatch.GetTimestamp(), now = start;
        while (Stopwatch.GetElapsedTime(start, now) < duration)
        {
            action();
            long end = Stopwatch.GetTimestamp();
            latencies.Add(Stopwatch.GetElapsedTime(now, end).TotalMicroseconds);
            now = end;
        }
        latencies.Sort();
        return new Measurement(latencies.Count / Stopwatch.GetElapsedTime(start, now).TotalSeconds,
            latencies[latencies.Count / 2], latencies[(int)(latencies.Count * 0.99)]);
    }

    private static void Exchange(Socket socket)
    {
        Span<byte> buffer = stackalloc byte[64];
        socket.Send(buffer);
        int got = 0;
        while (got < buffer.Length)
        {
            int length = socket.Receive(buffer[got..]);
            if (length == 0)
                throw new IOException("the server closed before it answered");
            got += length;
        }
    }

    private static Socket Connect(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.ReceiveTimeout = (int)s_patience.TotalMilliseconds;
        socket.Connect(address, port);
        return socket;
    }

    private static void SendUnlessRefused(Socket socket, ReadOnlySpan<byte> payload)
    {
        try
        {
            socket.Send(payload);
        }
        catch (SocketException)
        {
            // An earlier datagram met a full queue; the count at the other end tells.
        }
    }

    private static long Received(IPAddress address, int firstPort)
    {
        using Socket socket = Connect(address, firstPort + WorkerPorts.Counter);
        Span<byte> count = stackalloc byte[8];
        socket.Receive(count);
        return BitConverter.ToInt64(count);
    }
}
