using Fairway.Linux.Interop;
using Fairway.Linux.Routing;

namespace Fairway.Linux.Namespaces;

/// <summary>
/// A network namespace, held by a descriptor: it lives at least as long as this object does, even after its last process
/// ended and its name was deleted.
/// </summary>
public sealed partial class NetworkNamespace : IDisposable
{
    private readonly Lazy<ulong> _cookie;

    private NetworkNamespace(SafeFileDescriptor fd, string description)
    {
        Descriptor = fd;
        Description = description;
        _cookie = new Lazy<ulong>(ReadCookie);
    }

    /// <summary>The descriptor, as IFLA_NET_NS_FD and setns(2) want it.</summary>
    public SafeFileDescriptor Descriptor { get; }

    /// <summary>Where it was found, for messages: a path, or <c>new</c> for one without a name.</summary>
    public string Description { get; }

    /// <summary>
    /// The kernel's number for this namespace (SO_NETNS_COOKIE, Linux 5.14). Unlike the inode number it is never given to another
    /// namespace before the next boot.
    /// </summary>
    /// <exception cref="LinuxException">The kernel is older (ENOPROTOOPT).</exception>
    public ulong Cookie => _cookie.Value;

    /// <summary>Inode number on nsfs, as in <c>readlink /proc/PID/ns/net</c>. The kernel reuses these numbers at once.</summary>
    public unsafe ulong Inode
    {
        get
        {
            statx result;
            return Libc.statx(Descriptor, "", fcntl.AT_EMPTY_PATH, linux_stat.STATX_INO, &result) == 0
                ? result.stx_ino
                : throw LinuxException.FromLastError("stat namespace", Description);
        }
    }

    /// <summary>The namespace of the calling thread.</summary>
    /// <returns>The namespace.</returns>
    public static NetworkNamespace OpenCurrent() => OpenPath("/proc/thread-self/ns/net");

    /// <summary>The namespace of a process.</summary>
    /// <param name="processId">Process (or thread) id.</param>
    /// <returns>The namespace.</returns>
    /// <exception cref="LinuxException">There is no such process (ENOENT), or it may not be looked into (EACCES).</exception>
    public static NetworkNamespace OpenProcess(int processId) => OpenPath($"/proc/{processId}/ns/net");

    /// <summary>The namespace a file stands for: a bind mount such as <c>/run/netns/blue</c>, or a link in /proc.</summary>
    /// <param name="path">Path of the file.</param>
    /// <returns>The namespace.</returns>
    /// <exception cref="LinuxException">There is no such file (ENOENT), or it is no network namespace (EINVAL).</exception>
    public static unsafe NetworkNamespace OpenPath(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SafeFileDescriptor fd = SafeFileDescriptor.Open(path, fcntl.O_RDONLY | fcntl.O_NONBLOCK, "open namespace");
        // A plain file where the mount has gone answers ENOTTY.
        if (Libc.ioctl(fd, linux_nsfs.NS_GET_NSTYPE, null) == linux_sched.CLONE_NEWNET)
            return new NetworkNamespace(fd, path);
        fd.Dispose();
        throw new LinuxException(Errno.EINVAL, "open namespace", path, "the file is not a network namespace");
    }

    /// <summary>Opens a socket inside the namespace. It stays there, and works from any thread.</summary>
    /// <param name="domain">Address family (AF_*).</param>
    /// <param name="type">Socket type (SOCK_*); close-on-exec is added.</param>
    /// <param name="protocol">Protocol of the family.</param>
    /// <returns>The socket.</returns>
    /// <exception cref="LinuxException">The namespace may not be entered (EPERM), or the socket cannot be made.</exception>
    public SafeFileDescriptor OpenSocket(int domain, int type, int protocol)
    {
        NamespaceThread.Instance.ThrowIfInside(Description);
        return NamespaceVisit.OpenSocket(Descriptor, Description, domain, type, protocol);
    }

    /// <summary>Opens a file as seen from inside the namespace: /proc/sys/net and /dev/net/tun depend on who opens them.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="writable">Whether to open it for reading and writing, rather than for reading.</param>
    /// <returns>The file.</returns>
    /// <exception cref="LinuxException">The namespace may not be entered (EPERM), or the file cannot be opened.</exception>
    public SafeFileDescriptor OpenFile(string path, bool writable)
        => Run(() => SafeFileDescriptor.Open(path, writable ? fcntl.O_RDWR : fcntl.O_RDONLY));

    /// <summary>
    /// Runs an action inside the namespace, on the one thread that does so, and waits for it. All callers of the process share that
    /// thread: keep the action to a few system calls. It must not await, start threads, or touch managed sockets
    /// (their threads would be born inside the namespace and stay there).
    /// </summary>
    /// <param name="action">System calls.</param>
    /// <exception cref="LinuxException">The namespace may not be entered (EPERM).</exception>
    public void Run(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        NamespaceThread.Instance.Run(Descriptor, Description, action);
    }

    /// <summary>As the other overload, for an action with a result.</summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="action">System calls.</param>
    /// <returns>What the action returned.</returns>
    /// <exception cref="LinuxException">The namespace may not be entered (EPERM).</exception>
    public T Run<T>(Func<T> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        T result = default!;
        NamespaceThread.Instance.Run(Descriptor, Description, () => result = action());
        return result;
    }

    /// <summary>Brings the loopback interface up, which gives the namespace 127.0.0.1 and ::1.</summary>
    /// <exception cref="LinuxException">The namespace may not be entered or changed (EPERM).</exception>
    public void SetLoopbackUp()
    {
        using var route = RouteNetlink.Open(this);
        route.SetLink("lo", new LinkChange { Up = true });
    }

    /// <inheritdoc/>
    public void Dispose() => Descriptor.Dispose();

    /// <inheritdoc/>
    public override string ToString() => Description;

    private unsafe ulong ReadCookie()
    {
        using SafeFileDescriptor socket = OpenSocket(sys_socket.AF_UNIX, sys_socket.SOCK_DGRAM, 0);
        ulong cookie;
        uint length = sizeof(ulong);
        return Libc.getsockopt(socket, sys_socket.SOL_SOCKET, sys_socket.SO_NETNS_COOKIE, &cookie, &length) == 0
            ? cookie
            : throw LinuxException.FromLastError("read cookie of namespace", Description);
    }
}
