using System.Net;
using System.Net.Sockets;

namespace Fairway.Dataplane.Tests.Fixtures;

/// <summary>A server that tells each TCP client the address it sees it under, and serves until disposed of.</summary>
internal sealed class TcpEcho : IDisposable
{
    private readonly Socket _listener;

    public TcpEcho(TestSpace space, string address, ushort port)
    {
        IPAddress local = IPAddress.Parse(address);
        _listener = space.Namespace.OpenManagedSocket(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(local, port));
        _listener.Listen();
        _ = ServeAsync();
    }

    /// <summary>Connects from a namespace and returns what the server says: who the client is.</summary>
    public static async Task<string> AskAsync(Linux.Namespaces.NetworkNamespace space, string address, ushort port, TimeSpan? patience = null)
    {
        IPAddress remote = IPAddress.Parse(address);
        using Socket client = space.OpenManagedSocket(remote.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using var stop = new CancellationTokenSource(patience ?? TimeSpan.FromSeconds(10));
        await client.ConnectAsync(new IPEndPoint(remote, port), stop.Token);
        byte[] answer = new byte[100];
        int length = await client.ReceiveAsync(answer, stop.Token);
        return System.Text.Encoding.UTF8.GetString(answer, 0, length);
    }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using Socket client = await _listener.AcceptAsync();
                await client.SendAsync(System.Text.Encoding.UTF8.GetBytes(((IPEndPoint)client.RemoteEndPoint!).Address.ToString()));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // disposed of
        }
    }
}
