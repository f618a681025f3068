using System.Net;
using System.Net.Sockets;
using System.Text;
using Fairway.Linux.Namespaces;

namespace Fairway.EndToEnd.Tests.Fixtures;

/// <summary>A namespace to stand in: opens sockets and runs programs there. Servers answer with the address they see the caller come from.</summary>
internal sealed class Place(string path) : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly NetworkNamespace _namespace = NetworkNamespace.OpenPath(path);
    private readonly List<Socket> _sockets = [];

    public string Path { get; } = path;

    public Task<CommandResult> RunAsync(params string[] command) => Programs.RunAsync(Programs.Inside(Path, command));

    public async Task<bool> PingAsync(string address, int count = 1)
        => (await RunAsync("ping", "-n", "-c", $"{count}", "-i", "0.2", "-W", "2", address)).ExitCode == 0;

    /// <summary>Serves TCP on every address, or on one.</summary>
    public Place ServeTcp(int port, string? address = null)
    {
        Socket listener = Open(SocketType.Stream, Any(address));
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(new IPEndPoint(Any(address), port));
        listener.Listen(128);
        _ = AcceptAsync(listener);
        return this;
    }

    /// <summary>Serves UDP on every address.</summary>
    public Place ServeUdp(int port, string? address = null)
    {
        Socket socket = Open(SocketType.Dgram, Any(address));
        socket.Bind(new IPEndPoint(Any(address), port));
        _ = AnswerAsync(socket);
        return this;
    }

    /// <summary>Binds a port without serving it; throws what the kernel says.</summary>
    public void Bind(int port, string? address = null, SocketType type = SocketType.Stream)
    {
        using Socket socket = OpenUnkept(type, Any(address).AddressFamily);
        socket.Bind(new IPEndPoint(Any(address), port));
    }

    /// <summary>Listens on a port of every address and serves nobody.</summary>
    public Socket Hold(int port)
    {
        Socket socket = OpenUnkept(SocketType.Stream, AddressFamily.InterNetworkV6);
        socket.DualMode = true;
        socket.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
        socket.Listen();
        return socket;
    }

    /// <summary>Calls a server; returns whom it took us for, and whom we think we talk to.</summary>
    public async Task<Answer> CallTcpAsync(string address, int port)
    {
        IPAddress target = IPAddress.Parse(address);
        using Socket socket = OpenUnkept(SocketType.Stream, target.AddressFamily);
        using var patience = new CancellationTokenSource(Patience);
        await socket.ConnectAsync(new IPEndPoint(target, port), patience.Token);
        var text = new StringBuilder();
        byte[] buffer = new byte[256];
        int length;
        while ((length = await socket.ReceiveAsync(buffer, patience.Token)) > 0)
            text.Append(Encoding.ASCII.GetString(buffer, 0, length));
        return new Answer(IPAddress.Parse(text.ToString().Trim()), ((IPEndPoint)socket.RemoteEndPoint!).Address);
    }

    /// <summary>Sends a datagram and waits for the answer, once more if it is lost.</summary>
    public async Task<Answer> CallUdpAsync(string address, int port)
    {
        IPAddress target = IPAddress.Parse(address);
        using Socket socket = OpenUnkept(SocketType.Dgram, target.AddressFamily);
        byte[] buffer = new byte[256];
        for (int attempt = 0; ; attempt++)
        {
            await socket.SendToAsync("?"u8.ToArray(), new IPEndPoint(target, port));
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1.5));
            try
            {
                SocketReceiveFromResult result = await socket.ReceiveFromAsync(buffer, new IPEndPoint(Any(target), 0), patience.Token);
                return new Answer(IPAddress.Parse(Encoding.ASCII.GetString(buffer, 0, result.ReceivedBytes)), ((IPEndPoint)result.RemoteEndPoint).Address);
            }
            catch (OperationCanceledException) when (attempt == 0)
            {
            }
        }
    }

    /// <summary>A socket that calls from an address.</summary>
    public Socket OpenTcp(IPAddress source)
    {
        Socket socket = OpenUnkept(SocketType.Stream, source.AddressFamily);
        socket.Bind(new IPEndPoint(source, 0));
        return socket;
    }

    /// <summary>A socket for datagrams over IPv4.</summary>
    public Socket OpenUdp() => OpenUnkept(SocketType.Dgram, AddressFamily.InterNetwork);

    /// <summary>Whether a connection comes about at all.</summary>
    public async Task<bool> ReachesTcpAsync(string address, int port, double seconds = 1.5)
    {
        IPAddress target = IPAddress.Parse(address);
        using Socket socket = OpenUnkept(SocketType.Stream, target.AddressFamily);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        try
        {
            await socket.ConnectAsync(new IPEndPoint(target, port), patience.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>A connection that stays open, for what happens to it later.</summary>
    public async Task<Socket> ConnectAsync(string address, int port)
    {
        IPAddress target = IPAddress.Parse(address);
        Socket socket = OpenUnkept(SocketType.Stream, target.AddressFamily);
        using var patience = new CancellationTokenSource(Patience);
        await socket.ConnectAsync(new IPEndPoint(target, port), patience.Token);
        return socket;
    }

    /// <summary>A TCP server that sends back what it gets, for connections that stay.</summary>
    public Place ServeEcho(int port)
    {
        Socket listener = Open(SocketType.Stream, IPAddress.IPv6Any);
        listener.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
        listener.Listen(16);
        _ = EchoAsync(listener);
        return this;
    }

    /// <summary>Ends the servers.</summary>
    public void Close()
    {
        foreach (Socket socket in _sockets)
            socket.Dispose();
        _sockets.Clear();
    }

    public void Dispose()
    {
        Close();
        _namespace.Dispose();
    }

    private static IPAddress Any(string? address) => address is null ? IPAddress.IPv6Any : IPAddress.Parse(address);

    private static IPAddress Any(IPAddress family) => family.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;

    private Socket Open(SocketType type, IPAddress address)
    {
        Socket socket = OpenUnkept(type, address.AddressFamily);
        if (address.Equals(IPAddress.IPv6Any))
            socket.DualMode = true;
        _sockets.Add(socket);
        return socket;
    }

    private Socket OpenUnkept(SocketType type, AddressFamily family)
        => _namespace.OpenManagedSocket(family, type, type == SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp);

    private static async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                using Socket client = await listener.AcceptAsync();
                await client.SendAsync(Name(client.RemoteEndPoint!));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The place was closed.
        }
    }

    private static async Task AnswerAsync(Socket socket)
    {
        byte[] buffer = new byte[256];
        try
        {
            while (true)
            {
                SocketReceiveFromResult result = await socket.ReceiveFromAsync(buffer, new IPEndPoint(Any(((IPEndPoint)socket.LocalEndPoint!).Address), 0));
                await socket.SendToAsync(Name(result.RemoteEndPoint), result.RemoteEndPoint);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The place was closed.
        }
    }

    private static async Task EchoAsync(Socket listener)
    {
        try
        {
            while (true)
                _ = EchoOneAsync(await listener.AcceptAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The place was closed.
        }
    }

    private static async Task EchoOneAsync(Socket client)
    {
        using (client)
        {
            byte[] buffer = new byte[4096];
            try
            {
                int length;
                while ((length = await client.ReceiveAsync(buffer)) > 0)
                    await client.SendAsync(buffer.AsMemory(0, length));
            }
            catch (SocketException)
            {
                // The other side went away.
            }
        }
    }

    private static byte[] Name(EndPoint endPoint)
    {
        IPAddress address = ((IPEndPoint)endPoint).Address;
        return Encoding.ASCII.GetBytes((address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString());
    }
}
