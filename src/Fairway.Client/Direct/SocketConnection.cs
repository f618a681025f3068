using System.Net.Sockets;

namespace Fairway.Client.Direct;

/// <summary>A blocking connection over .NET's sockets.</summary>
internal static class SocketConnection
{
    public static Stream Open(FairwayClientOptions options)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(options.SocketPath));
            socket.SendTimeout = socket.ReceiveTimeout = (int)options.Timeout.TotalMilliseconds;
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
