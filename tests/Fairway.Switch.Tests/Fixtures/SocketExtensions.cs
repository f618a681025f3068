using System.Net;
using System.Net.Sockets;
using Fairway.Linux.Namespaces;

namespace Fairway.Switch.Tests.Fixtures;

internal static class SocketExtensions
{
    /// <summary>A socket of a process in the namespace.</summary>
    public static Socket OpenManagedSocket(this NetworkNamespace networkNamespace, AddressFamily family, SocketType type)
    {
        const int af_inet = 2;
        const int af_inet6 = 10;
        Linux.SafeFileDescriptor fd = networkNamespace.OpenSocket(family == AddressFamily.InterNetworkV6 ? af_inet6 : af_inet, (int)type, 0);
        var handle = new SafeSocketHandle(fd.DangerousGetHandle(), ownsHandle: true);
        fd.SetHandleAsInvalid();
        return new Socket(handle);
    }

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
