using System.Net.Sockets;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Sockets;

/// <summary>Who is at the other end of a Unix socket, as the kernel noted it when the connection was made (SO_PEERCRED).</summary>
/// <param name="ProcessId">Process that connected, as this process's pid namespace numbers it; 0 if it is not visible from here. It may have ended since.</param>
/// <param name="UserId">Its effective user.</param>
/// <param name="GroupId">Its effective group.</param>
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

    /// <summary>Reads the further groups of a connection's other end (SO_PEERGROUPS, Linux 4.13).</summary>
    /// <param name="socket">A connected stream socket of the Unix family.</param>
    /// <returns>The groups, as they were when the connection was made.</returns>
    /// <exception cref="LinuxException">It is no Unix socket (ENODATA), or the kernel refused.</exception>
    public static unsafe IReadOnlyList<uint> SupplementaryGroupsOf(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        uint[] groups = new uint[32];
        while (true)
        {
            uint length = (uint)(groups.Length * sizeof(uint));
            fixed (uint* first = groups)
            {
                if (Libc.getsockopt(socket.SafeHandle, sys_socket.SOL_SOCKET, sys_socket.SO_PEERGROUPS, first, &length) == 0)
                    return groups[..(int)(length / sizeof(uint))];
            }
            // With too little room the kernel says how much it takes.
            if ((Errno)System.Runtime.InteropServices.Marshal.GetLastPInvokeError() != Errno.ERANGE || length <= groups.Length * sizeof(uint))
                throw LinuxException.FromLastError("read groups of peer");
            groups = new uint[length / sizeof(uint)];
        }
    }
}
