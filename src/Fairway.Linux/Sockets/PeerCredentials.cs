using System.Net.Sockets;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Sockets;

/// <summary>Who is at the other end of a Unix socket, as the kernel noted it when the connection was made (SO_PEERCRED).</summary>
/// <param name="ProcessId">Process that connected, as this process's pid namespace numbers it; 0 if it is not visible from here. It may have ended since.</param>
/// <param name="UserId">Its effective user.</param>
/// <param name="GroupId">Its effective group; further groups are not told.</param>
public sealed record PeerCredentials(int ProcessId, uint UserId, uint GroupId)
{
    /// <summary>Reads the credentials of a connection's other end.</summary>
    /// <param name="socket">A connected stream socket of the Unix family.</param>
    /// <returns>The credentials.</returns>
    /// <exception cref="LinuxException">It is no Unix socket (ENODATA), or the kernel refused.</exception>
    public static unsafe PeerCredentials Of(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ucred credentials;
        uint length = (uint)sizeof(ucred);
        if (Libc.getsockopt(socket.SafeHandle, sys_socket.SOL_SOCKET, sys_socket.SO_PEERCRED, &credentials, &length) != 0)
            throw LinuxException.FromLastError("read credentials of peer");
        return credentials.uid != uint.MaxValue
            ? new PeerCredentials(credentials.pid, credentials.uid, credentials.gid)
            : throw new LinuxException(Errno.ENODATA, "read credentials of peer", "", "the socket is not a connection of the Unix family");
    }
}
