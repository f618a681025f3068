using System.Runtime.InteropServices;

namespace Fairway.Linux.Interop;

internal static unsafe partial class Libc
{
    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int open(string pathname, int flags, uint mode);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int close(int fd);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint read(SafeFileDescriptor fd, byte* buf, nuint count);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint write(SafeFileDescriptor fd, byte* buf, nuint count);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int ioctl(SafeFileDescriptor fd, nuint request, void* argument);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int flock(SafeFileDescriptor fd, int operation);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int unlink(string pathname);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int lchown(string path, uint owner, uint group);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint readlink(string pathname, byte* buf, nuint bufsiz);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int statx(SafeFileDescriptor dirfd, string pathname, int flags, uint mask, statx* statxbuf);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int statfs(string path, statfs* buf);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int fcntl(SafeFileDescriptor fd, int cmd, int arg);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int poll(pollfd* fds, nuint nfds, int timeout);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int eventfd(uint initval, int flags);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int chmod(string pathname, uint mode);
}
