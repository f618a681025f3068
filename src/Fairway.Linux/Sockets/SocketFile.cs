using Fairway.Linux.Interop;

namespace Fairway.Linux.Sockets;

/// <summary>The name of a Unix socket in the file system.</summary>
public static class SocketFile
{
    private const uint Unchanged = uint.MaxValue;

    /// <summary>Whether the path is a socket, listening or left behind. Symbolic links are not followed.</summary>
    /// <param name="path">An absolute path.</param>
    /// <exception cref="LinuxException">There is nothing (ENOENT), or it may not be looked at (EACCES).</exception>
    public static unsafe bool IsSocket(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        statx result;
        using var here = new SafeFileDescriptor(fcntl.AT_FDCWD, ownsHandle: false);
        return Libc.statx(here, path, fcntl.AT_SYMLINK_NOFOLLOW, linux_stat.STATX_TYPE, &result) == 0
            ? (result.stx_mode & linux_stat.S_IFMT) == linux_stat.S_IFSOCK
            : throw LinuxException.FromLastError("look at", path);
    }

    /// <summary>Gives the socket to a group; its owner stays.</summary>
    /// <param name="path">The socket.</param>
    /// <param name="groupId">The group's number.</param>
    /// <exception cref="LinuxException">The kernel refused (EPERM, ENOENT).</exception>
    public static void SetGroup(string path, uint groupId)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Libc.lchown(path, Unchanged, groupId) != 0)
            throw LinuxException.FromLastError("give to group", path);
    }
}
