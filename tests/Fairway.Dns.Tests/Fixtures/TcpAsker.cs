using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Fairway.Dns.Tests.Fixtures;

/// <summary>A client's TCP connection.</summary>
internal sealed class TcpAsker : IDisposable
{
    private readonly Socket _socket;
    private readonly NetworkStream _stream;

    private TcpAsker(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket);
    }

    public static async Task<TcpAsker> ConnectAsync(IPEndPoint server, IPAddress? from)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (from is not null)
            socket.Bind(new IPEndPoint(from, 0));
        return await ConnectAsync(socket, server);
    }

    public static async Task<TcpAsker> ConnectAsync(Socket socket, IPEndPoint server)
    {
        socket.NoDelay = true;
        await socket.ConnectAsync(server);
        return new TcpAsker(socket);
    }

    public static byte[] Frame(byte[] message) => [(byte)(message.Length >> 8), (byte)message.Length, .. message];

    public async Task SendRawAsync(params byte[] bytes) => await _stream.WriteAsync(bytes, TestContext.Current.CancellationToken);

    public Task SendAsync(Ask ask) => SendRawAsync(Frame(ask.Build()));

    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    public async Task<Answer> ReceiveAsync() => Answer.Parse(await ReceiveBytesAsync() ?? throw new EndOfStreamException());

    /// <summary>Null when the server closed.</summary>
    public async Task<byte[]?> ReceiveBytesAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            byte[] prefix = new byte[2];
            await _stream.ReadExactlyAsync(prefix, patience.Token);
            byte[] message = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
            await _stream.ReadExactlyAsync(message, patience.Token);
            return message;
        }
        catch (Exception e) when (e is EndOfStreamException or IOException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }
}
