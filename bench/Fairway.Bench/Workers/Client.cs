using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Fairway.Bench.Workers;

/// <summary>The client of a measurement.</summary>
internal static class Client
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly List<double> s_latencies = new(1 << 20);

    public static Measurement Measure(ClientOrder order) => order.Kind switch
    {
        MeasurementKind.RoundTrips => RoundTrips(order),
        MeasurementKind.Connections => Connections(order),
        MeasurementKind.Datagrams => Datagrams(order),
        MeasurementKind.Streams => Streams(order),
        MeasurementKind.Names => Asking.RunAsync(order).GetAwaiter().GetResult(),
        _ => throw new ArgumentOutOfRangeException(nameof(order), $"nobody measures {order.Kind}"),
    };

    /// <summary>Requests and answers of 64 bytes over one connection.</summary>
    private static Measurement RoundTrips(ClientOrder order)
    {
        using Socket socket = Connect(order.Address, order.Port);
        socket.NoDelay = true;
        return Repeat(order.Duration, () => Exchange(socket));
    }

    /// <summary>Connect, 64 bytes there, 64 bytes back, the server closes.</summary>
    private static Measurement Connections(ClientOrder order) => Repeat(order.Duration, () =>
    {
        using Socket socket = Connect(order.Address, order.Port);
        Exchange(socket);
        Span<byte> end = stackalloc byte[1];
        socket.Receive(end);
    });

    /// <summary>Datagrams of 64 bytes, as fast as they go; counted where they arrive.</summary>
    private static Measurement Datagrams(ClientOrder order)
    {
        using var socket = new Socket(order.Address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(order.Address, order.Port);
        Span<byte> payload = stackalloc byte[64];
        long before = Received(order.Address);
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < order.Duration)
        {
            for (int i = 0; i < 64; i++)
                SendUnlessRefused(socket, payload);
        }
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new Measurement((Received(order.Address) - before) / seconds);
    }

    /// <summary>Streams of bulk data at once, in Gbit/s together.</summary>
    private static Measurement Streams(ClientOrder order)
    {
        double[] rates = new double[order.Clients];
        Thread[] threads = [.. Enumerable.Range(0, order.Clients).Select(i => new Thread(() => rates[i] = Stream(order)))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        return new Measurement(rates.Sum());
    }

    private static double Stream(ClientOrder order)
    {
        using Socket socket = Connect(order.Address, order.Port);
        byte[] payload = new byte[128 * 1024];
        long start = Stopwatch.GetTimestamp(), bytes = 0;
        while (Stopwatch.GetElapsedTime(start) < order.Duration)
            bytes += socket.Send(payload);
        return bytes * 8 / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9;
    }

    private static Measurement Repeat(TimeSpan duration, Action action)
    {
        for (int i = 0; i < 50; i++)
            action();
        s_latencies.Clear();
        long start = Stopwatch.GetTimestamp(), now = start;
        while (Stopwatch.GetElapsedTime(start, now) < duration)
        {
            action();
            long end = Stopwatch.GetTimestamp();
            s_latencies.Add(Stopwatch.GetElapsedTime(now, end).TotalMicroseconds);
            now = end;
        }
        s_latencies.Sort();
        return new Measurement(s_latencies.Count / Stopwatch.GetElapsedTime(start, now).TotalSeconds,
            s_latencies[s_latencies.Count / 2], s_latencies[(int)(s_latencies.Count * 0.99)]);
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

    private static long Received(IPAddress address)
    {
        using Socket socket = Connect(address, WorkerPorts.Counter);
        Span<byte> count = stackalloc byte[8];
        socket.Receive(count);
        return BitConverter.ToInt64(count);
    }
}
