using System.Net.Sockets;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Namespaces;

public sealed partial class NetworkNamespace
{
    /// <summary>
    /// Opens a managed socket inside the namespace. It stays there, and works from any thread, asynchronously too: only the descriptor is made inside, so that no
    /// thread of the socket engine is born there.
    /// </summary>
    /// <param name="family">IPv4, IPv6 or Unix.</param>
    /// <param name="type">Stream, datagram or raw.</param>
    /// <param name="protocol">Protocol; an IPv6 socket serves IPv6 only, unless <see cref="Socket.DualMode"/> is set.</param>
    /// <returns>The socket.</returns>
    /// <exception cref="LinuxException">The namespace may not be entered (EPERM), or the socket cannot be made.</exception>
    public Socket OpenManagedSocket(AddressFamily family, SocketType type, ProtocolType protocol)
    {
        int domain = family switch
        {
            AddressFamily.InterNetwork => sys_socket.AF_INET,
            AddressFamily.InterNetworkV6 => sys_socket.AF_INET6,
            AddressFamily.Unix => sys_socket.AF_UNIX,
            _ => throw new ArgumentOutOfRangeException(nameof(family), $"address family {family} is not supported here"),
        };
        Socket socket = OpenSocket(domain, (int)type, (int)protocol).ToSocket();
        if (family == AddressFamily.InterNetworkV6)
            socket.DualMode = false; // as every managed socket begins
        return socket;
    }
}
