using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Fairway.Linux.Interop;
using Microsoft.Win32.SafeHandles;

namespace Fairway.Linux;

/// <summary>Owns a file descriptor and closes it exactly once, also when the object is only garbage.</summary>
public sealed class SafeFileDescriptor : SafeHandleMinusOneIsInvalid
{
    /// <summary>An invalid handle; the marshaller fills it in.</summary>
    public SafeFileDescriptor()
        : base(ownsHandle: true)
    {
    }

    /// <summary>Wraps a descriptor.</summary>
    /// <param name="fd">The descriptor, or -1 for an invalid handle.</param>
    /// <param name="ownsHandle">Whether disposing closes it.</param>
    public SafeFileDescriptor(int fd, bool ownsHandle = true)
        : base(ownsHandle) => SetHandle(fd);

    /// <summary>
    /// The descriptor's number, for messages that carry one. Keep this object alive for as long as the number is in use.
    /// </summary>
    public int Number => (int)handle;

    /// <summary>Opens a file, close-on-exec.</summary>
    internal static SafeFileDescriptor Open(string path, int flags, string operation = "open", uint mode = 0)
    {
        int fd = Libc.open(path, flags | fcntl.O_CLOEXEC, mode);
        return fd >= 0 ? new SafeFileDescriptor(fd) : throw LinuxException.FromLastError(operation, path);
    }

    /// <summary>A second descriptor of the same file, close-on-exec.</summary>
    internal static SafeFileDescriptor Duplicate(int fd, string operation, string target)
    {
        using var source = new SafeFileDescriptor(fd, ownsHandle: false);
        int copy = Libc.fcntl(source, fcntl.F_DUPFD_CLOEXEC, 0);
        return copy >= 0 ? new SafeFileDescriptor(copy) : throw LinuxException.FromLastError(operation, target);
    }

    /// <summary>Sets a socket option; the last error says why not.</summary>
    internal unsafe bool TrySetOption<T>(int level, int option, T value)
        where T : unmanaged
        => Libc.setsockopt(this, level, option, &value, (uint)Unsafe.SizeOf<T>()) == 0;

    /// <summary>Hands the descriptor over to a managed socket; this object is invalid afterwards. Never inside another namespace: it may start threads.</summary>
    internal Socket ToSocket()
    {
        var socket = new SafeSocketHandle(handle, ownsHandle: true);
        SetHandleAsInvalid();
        try
        {
            return new Socket(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Libc.close((int)handle) == 0;
}
