using System.Diagnostics.CodeAnalysis;
using Fairway.Linux.Interop;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Netlink;
using Fairway.Linux.Routing;

namespace Fairway.Linux.Diag;

/// <summary>The TCP and UDP sockets of one network namespace (<c>sock_diag(7)</c>). Works from any thread.</summary>
public sealed class SocketDiagnostics : IDisposable
{
    private readonly NetlinkSocket _socket;

    private SocketDiagnostics(NetlinkSocket socket) => _socket = socket;

    /// <summary>Opens a socket in the namespace of the calling thread.</summary>
    /// <returns>The socket.</returns>
    /// <exception cref="LinuxException">The kernel has no socket diagnostics (EPROTONOSUPPORT), or descriptors ran out (EMFILE).</exception>
    public static SocketDiagnostics Open() => new(NetlinkSocket.Open(NetlinkProtocol.SocketDiag));

    /// <summary>Opens a socket in another namespace.</summary>
    /// <param name="networkNamespace">The namespace; it may be disposed of afterwards.</param>
    /// <returns>The socket.</returns>
    /// <exception cref="LinuxException">The namespace may not be entered (EPERM), or as above.</exception>
    public static SocketDiagnostics Open(NetworkNamespace networkNamespace) => new(NetlinkSocket.Open(NetlinkProtocol.SocketDiag, networkNamespace));

    /// <summary>Lists sockets. TCP sockets that are bound but neither listening nor connected are listed by Linux 6.8 and later only, as closed.</summary>
    /// <param name="query">Which.</param>
    /// <returns>The sockets, IPv4 before IPv6.</returns>
    /// <exception cref="LinuxException">The kernel cannot list sockets of the protocol (ENOENT).</exception>
    public IReadOnlyList<SocketEntry> List(SocketQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Family is { } family)
            return List(query, KernelAddress.Family(family));
        return [.. List(query, sys_socket.AF_INET), .. List(query, sys_socket.AF_INET6)];
    }

    /// <summary>Closes a socket under its owner, who gets ECONNABORTED.</summary>
    /// <param name="socket">The socket, as listed.</param>
    /// <returns>False if it is gone.</returns>
    /// <exception cref="LinuxException">Not allowed (EPERM), or the kernel is built without it (EOPNOTSUPP).</exception>
    public bool Destroy(SocketEntry socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        var request = new NetlinkBatch();
        NetlinkWriter writer = request.Begin(linux_sock_diag.SOCK_DESTROY, 0, "destroy socket", socket);
        socket.Write(ref writer);
        writer.Complete();
        IReadOnlyList<BatchFailure> failures = _socket.Send(request);
        if (failures.Count == 0)
            return true;
        return failures[0].Error.Errno is Errno.ENOENT or Errno.ESTALE ? false : throw failures[0].Error;
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private IReadOnlyList<SocketEntry> List(SocketQuery query, byte family)
    {
        var request = new NetlinkBatch();
        NetlinkWriter writer = request.Begin(linux_sock_diag.SOCK_DIAG_BY_FAMILY, 0, "list sockets of", query);
        query.Write(ref writer, family);
        writer.Complete();
        return _socket.Dump(request, (in NetlinkMessage message, [MaybeNullWhen(false)] out SocketEntry socket)
            => SocketEntry.TryRead(message, query.Protocol, out socket));
    }
}
