using System.Net;
using System.Net.Sockets;

namespace Fairway.Bench.Workers;

/// <summary>The server of a measurement: blocking sockets, a thread for each port, until it is killed.</summary>
internal static class Server
{
    private static long s_datagrams;

    public static int Run()
    {
        foreach (int port in Enumerable.Range(WorkerPorts.FirstBehind, WorkerPorts.LastBehind - WorkerPorts.FirstBehind + 1).Append(WorkerPorts.Connections))
            StartOn(Listen(port), ServeConnections);
        StartOn(Listen(WorkerPorts.RoundTrips), listener => ServeStreams(listener, Echo));
        StartOn(ListenForDatagrams(), ReceiveDatagrams);
        StartOn(Listen(WorkerPorts.Counter), ServeCounter);
        StartOn(Listen(WorkerPorts.Stream), listener => ServeStreams(listener, Swallow));
        Console.WriteLine("ready");
        Thread.CurrentThread.Join();
        return 0;
    }

    private static void StartOn(Socket socket, Action<Socket> serve) => Start(() => serve(socket));

    private static void Start(Action action) => new Thread(() => action()) { IsBackground = true }.Start();

    private static Socket Listen(int port)
    {
        var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
        socket.Listen(1024);
        return socket;
    }

    private static void ServeConnections(Socket listener)
    {
        Span<byte> buffer = stackalloc byte[64];
        while (true)
        {
            using Socket client = listener.Accept();
            try
            {
                if (client.Receive(buffer) > 0)
                    client.Send(buffer);
            }
            catch (SocketException)
            {
                // The client gave up; the next one may not.
            }
        }
    }

    private static void ServeStreams(Socket listener, Action<Socket> serve)
    {
        while (true)
        {
            Socket client = listener.Accept();
            client.NoDelay = true;
            Start(() => serve(client));
        }
    }

    private static void Echo(Socket client)
    {
        using (client)
        {
            Span<byte> buffer = stackalloc byte[64];
            int length;
            while ((length = ReceiveOrEnd(client, buffer)) > 0)
                client.Send(buffer[..length]);
        }
    }

    private static void Swallow(Socket client)
    {
        using (client)
        {
            byte[] buffer = new byte[256 * 1024];
            while (ReceiveOrEnd(client, buffer) > 0)
            {
            }
        }
    }

    private static Socket ListenForDatagrams()
    {
        var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp) { DualMode = true, ReceiveBufferSize = 4 * 1024 * 1024 };
        socket.Bind(new IPEndPoint(IPAddress.IPv6Any, WorkerPorts.Datagrams));
        return socket;
    }

    private static void ReceiveDatagrams(Socket socket)
    {
        Span<byte> buffer = stackalloc byte[2048];
        while (true)
        {
            socket.Receive(buffer);
            s_datagrams++;
        }
    }

    private static void ServeCounter(Socket listener)
    {
        while (true)
        {
            using Socket client = listener.Accept();
            client.Send(BitConverter.GetBytes(Volatile.Read(ref s_datagrams)));
        }
    }

    private static int ReceiveOrEnd(Socket socket, Span<byte> buffer)
    {
        try
        {
            return socket.Receive(buffer);
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
