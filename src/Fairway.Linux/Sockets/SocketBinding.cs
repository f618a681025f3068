using System.Net.Sockets;
using System.Text;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Sockets;

/// <summary>What binds a managed socket to more than an address.</summary>
public static unsafe class SocketBinding
{
    /// <summary>Binds a socket to a link: it receives from there and sends to there only (SO_BINDTODEVICE).</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="link">Name of the link, in the namespace the socket was opened in; empty to undo.</param>
    /// <exception cref="LinuxException">There is no such link (ENODEV), or the socket is bound and may not be bound again (EPERM).</exception>
    public static void BindToDevice(this Socket socket, string link)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(link);
        byte[] name = Encoding.UTF8.GetBytes(link + '\0');
        fixed (byte* bytes = name)
        {
            if (Libc.setsockopt(socket.SafeHandle, sys_socket.SOL_SOCKET, sys_socket.SO_BINDTODEVICE, bytes, (uint)name.Length) != 0)
                throw LinuxException.FromLastError("bind socket to link", link);
        }
    }

    /// <summary>Cookie of the namespace a socket was opened in (SO_NETNS_COOKIE, Linux 5.14; see <see cref="Namespaces.NetworkNamespace.Cookie"/>).</summary>
    /// <param name="socket">The socket.</param>
    /// <returns>The cookie.</returns>
    /// <exception cref="LinuxException">The kernel is older (ENOPROTOOPT).</exception>
    public static ulong GetNamespaceCookie(this Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ulong cookie;
        uint length = sizeof(ulong);
        return Libc.getsockopt(socket.SafeHandle, sys_socket.SOL_SOCKET, sys_socket.SO_NETNS_COOKIE, &cookie, &length) == 0
            ? cookie
            : throw LinuxException.FromLastError("read namespace cookie of socket");
    }
}
