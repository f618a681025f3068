using System.Net.Sockets;

namespace Fairway.Api.Transport;

/// <summary>Reaches an engine's API, which listens on a socket of the file system whatever name its address has.</summary>
internal static class EngineSocket
{
    /// <summary>A handler whose connections all lead to the socket.</summary>
    public static SocketsHttpHandler HandlerOf(string path) => new() { ConnectCallback = (_, cancellation) => ConnectAsync(path, cancellation), UseProxy = false };

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
