using Fairway.Linux.Interop;
using Fairway.Linux.Namespaces;

namespace Fairway.Linux.Netlink;

/// <summary>
/// A netlink socket for requests: changes (<see cref="Send"/>), single answers (<see cref="Query{T}"/>) and dumps
/// (<see cref="Dump{T}"/>). It stays in the namespace it was opened in and works from any thread; concurrent calls wait
/// for each other.
/// </summary>
/// <remarks>
/// What every netlink program has to get right is in here and nowhere else: EINTR; answers of an earlier, abandoned request
/// (sequence check); senders other than the kernel; multi-part answers; dumps the kernel marks as inconsistent
/// (NLM_F_DUMP_INTR), which are read again; answers lost to a full receive buffer (ENOBUFS), which are an error; messages longer than the
/// buffer; extended acknowledgements, uncapped requests.
/// </remarks>
public sealed partial class NetlinkSocket : IDisposable
{
    // The kernel answers while it carries out the request, so this only turns a broken assumption into an error instead of a hang.
    private const int AnswerTimeoutSeconds = 30;

    private readonly Lock _gate = new();
    private readonly SafeFileDescriptor _fd;
    private uint _sequence;

    private NetlinkSocket(SafeFileDescriptor fd) => _fd = fd;

    /// <summary>Opens a socket in the namespace of the calling thread.</summary>
    /// <param name="protocol">The subsystem to talk to.</param>
    /// <returns>The socket.</returns>
    /// <exception cref="LinuxException">The kernel has no such subsystem (EPROTONOSUPPORT), or descriptors ran out (EMFILE).</exception>
    public static NetlinkSocket Open(NetlinkProtocol protocol) => Over(OpenRaw(protocol, null));

    /// <summary>Opens a socket in another namespace.</summary>
    /// <param name="protocol">The subsystem to talk to.</param>
    /// <param name="networkNamespace">The namespace; it may be disposed of afterwards, the socket keeps it alive.</param>
    /// <returns>The socket.</returns>
    /// <exception cref="LinuxException">As the other overload, or entering the namespace was refused (EPERM).</exception>
    public static NetlinkSocket Open(NetlinkProtocol protocol, NetworkNamespace networkNamespace)
    {
        ArgumentNullException.ThrowIfNull(networkNamespace);
        return Over(OpenRaw(protocol, networkNamespace));
    }

    /// <summary>Cookie of the namespace the socket is in (see <see cref="NetworkNamespace.Cookie"/>).</summary>
    /// <exception cref="LinuxException">The kernel is older than 5.14 (ENOPROTOOPT).</exception>
    public unsafe ulong NamespaceCookie
    {
        get
        {
            ulong cookie;
            uint length = sizeof(ulong);
            return Libc.getsockopt(_fd, sys_socket.SOL_SOCKET, sys_socket.SO_NETNS_COOKIE, &cookie, &length) == 0
                ? cookie
                : throw LinuxException.FromLastError("read namespace cookie of socket");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _fd.Dispose();
            ReturnBuffer();
        }
    }

    internal static SafeFileDescriptor OpenRaw(NetlinkProtocol protocol, NetworkNamespace? networkNamespace)
    {
        if (networkNamespace is not null)
            return networkNamespace.OpenSocket(sys_socket.AF_NETLINK, sys_socket.SOCK_RAW, (int)protocol);
        int fd = Libc.socket(sys_socket.AF_NETLINK, sys_socket.SOCK_RAW | sys_socket.SOCK_CLOEXEC, (int)protocol);
        return fd >= 0 ? new SafeFileDescriptor(fd) : throw LinuxException.FromLastError("open netlink socket", protocol.ToString());
    }

    /// <summary>A netlink socket over a descriptor: one of the kernel, or the test that plays it.</summary>
    internal static NetlinkSocket Over(SafeFileDescriptor fd)
    {
        // All three are refinements that an old kernel may lack: explanations in errors (4.12), acknowledgements that do not
        // quote the request (4.3), and filters in dumps that are obeyed or refused rather than ignored (4.20).
        _ = fd.TrySetOption(sys_socket.SOL_NETLINK, linux_netlink.NETLINK_EXT_ACK, 1);
        _ = fd.TrySetOption(sys_socket.SOL_NETLINK, linux_netlink.NETLINK_CAP_ACK, 1);
        _ = fd.TrySetOption(sys_socket.SOL_NETLINK, linux_netlink.NETLINK_GET_STRICT_CHK, 1);
        _ = fd.TrySetOption(sys_socket.SOL_SOCKET, sys_socket.SO_RCVTIMEO, new timeval { tv_sec = AnswerTimeoutSeconds });
        return new NetlinkSocket(fd);
    }
}
