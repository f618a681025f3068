using System.Net;
using System.Net.Sockets;

namespace Fairway.Switch.Tests.Fixtures;

internal static class SocketExtensions
{
    /// <summary>Sends a SYN that nobody will answer: the socket then has both its addresses.</summary>
    public static void BeginConnecting(this Socket socket, IPAddress address, int port)
    {
        socket.Blocking = false;
        try
        {
            socket.Connect(address, port);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
        }
    }
}
