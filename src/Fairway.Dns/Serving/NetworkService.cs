using System.Net;
using System.Net.Sockets;

namespace Fairway.Dns.Serving;

/// <summary>The sockets of one network, served until disposed.</summary>
internal sealed class NetworkService : IAsyncDisposable
{
    private const int ReceiveBufferSize = 4 << 20;
    private const int Backlog = 512;
    private const int SOL_SOCKET = 1;
    private const int SO_RCVBUFFORCE = 33;

    private readonly CancellationTokenSource _stop = new();
    private readonly IReadOnlyList<Socket> _sockets;
    private readonly Task _served;

    public NetworkService(IReadOnlyList<Socket> sockets, QueryPipeline pipeline, SharedParts shared)
    {
        _sockets = sockets;
        Pipeline = pipeline;
        foreach (Socket socket in sockets)
            Prepare(socket);
        _served = Task.WhenAll(sockets.Select(socket => Serve(socket, shared)));
    }

    public QueryPipeline Pipeline { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        foreach (Socket socket in _sockets)
            socket.Dispose();
        await _served.ConfigureAwait(false);
        _stop.Dispose();
    }

    // Under load a loop may not come back from its first receive: it must not begin on the caller's thread.
    private Task Serve(Socket socket, SharedParts shared)
    {
        return socket.SocketType == SocketType.Stream
            ? Task.Run(() => new TcpService(socket, Pipeline, shared).RunAsync(_stop.Token))
            : Resolver.IsWildcard(((IPEndPoint)socket.LocalEndPoint!).Address)
            ? Task.Run(() => new AnyServerService(socket, Pipeline, shared.Options).RunAsync(_stop.Token))
            : Task.Run(() => new UdpService(socket, Pipeline, shared.Options.Time, shared.Options.Log).RunAsync(_stop.Token));
    }

    private static void Prepare(Socket socket)
    {
        if (socket.SocketType == SocketType.Stream)
            socket.Listen(Backlog);
        else
            GrowReceiveBuffer(socket);
    }

    // A burst of a thousand queries takes about 1.3 MB of socket memory, more than an unprivileged process may ask for.
    private static void GrowReceiveBuffer(Socket socket)
    {
        try
        {
            socket.SetRawSocketOption(SOL_SOCKET, SO_RCVBUFFORCE, BitConverter.GetBytes(ReceiveBufferSize));
        }
        catch (SocketException)
        {
            socket.ReceiveBufferSize = ReceiveBufferSize;
        }
    }
}
