using System.Runtime.InteropServices;

namespace Fairway.Linux.Interop;

internal static unsafe partial class Libc
{
    [LibraryImport(Library, SetLastError = true)]
    public static partial int socket(int domain, int type, int protocol);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int bind(SafeFileDescriptor sockfd, in sockaddr_nl addr, uint addrlen);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int connect(SafeFileDescriptor sockfd, in sockaddr_un addr, uint addrlen);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int setsockopt(SafeHandle sockfd, int level, int optname, void* optval, uint optlen);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int getsockopt(SafeHandle sockfd, int level, int optname, void* optval, uint* optlen);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint send(SafeFileDescriptor sockfd, byte* buf, nuint len, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint recvfrom(SafeFileDescriptor sockfd, byte* buf, nuint len, int flags, sockaddr_nl* addr, uint* addrlen);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int bind(SafeFileDescriptor sockfd, in sockaddr_ll addr, uint addrlen);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int bind(SafeFileDescriptor sockfd, in sockaddr_in addr, uint addrlen);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int bind(SafeFileDescriptor sockfd, in sockaddr_in6 addr, uint addrlen);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int getsockname(SafeFileDescriptor sockfd, sockaddr_ll* addr, uint* addrlen);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint sendmsg(SafeHandle sockfd, msghdr* msg, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint recvmsg(SafeFileDescriptor sockfd, msghdr* msg, int flags);
}
