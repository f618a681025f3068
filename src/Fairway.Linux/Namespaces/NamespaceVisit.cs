using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fairway.Linux.Interop;

namespace Fairway.Linux.Namespaces;

/// <summary>
/// Opens a socket in another namespace on the calling thread: in, socket(2), home. Going over <see cref="NamespaceThread"/> would cost two
/// thread switches, 0.1 ms, several times in an attach. Nothing between the three calls allocates, waits or starts a thread, so
/// nothing is born in the other namespace; if the way home fails the process ends.
/// </summary>
internal static class NamespaceVisit
{
    /// <summary>The namespace of the process: the main thread's, which never leaves it.</summary>
    public static SafeFileDescriptor Home { get; } = SafeFileDescriptor.Open("/proc/self/ns/net", fcntl.O_RDONLY, "open namespace");

    /// <summary>Opens a socket.</summary>
    /// <exception cref="LinuxException">The namespace may not be entered (EPERM), or the socket cannot be made.</exception>
    public static SafeFileDescriptor OpenSocket(SafeFileDescriptor target, string description, int domain, int type, int protocol)
    {
        bool held = false;
        try
        {
            target.DangerousAddRef(ref held);
            int fd = Open(Home.Number, target.Number, domain, type | sys_socket.SOCK_CLOEXEC, protocol, out int errno);
            return fd >= 0 ? new SafeFileDescriptor(fd) : throw new LinuxException((Errno)errno, "open socket in namespace", description);
        }
        finally
        {
            if (held)
                target.DangerousRelease();
        }
    }

    /// <summary>Compiled at once and for good: recompiling a method in use may start a thread, wherever that method happens to be.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Open(int home, int there, int domain, int type, int protocol, out int errno)
    {
        errno = 0;
        if (Libc.setns(there, linux_sched.CLONE_NEWNET) != 0)
        {
            errno = Marshal.GetLastPInvokeError();
            return -1;
        }
        int fd = Libc.socket(domain, type, protocol);
        if (fd < 0)
            errno = Marshal.GetLastPInvokeError();
        if (Libc.setns(home, linux_sched.CLONE_NEWNET) != 0)
            Environment.FailFast($"the way back from a namespace failed: errno {Marshal.GetLastPInvokeError()}");
        return fd;
    }
}
