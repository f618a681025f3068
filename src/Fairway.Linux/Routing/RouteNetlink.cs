using Fairway.Linux.Namespaces;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Routing;

/// <summary>
/// Links, addresses, routes, rules, neighbours and traffic control of one network namespace, over one rtnetlink socket. Works from
/// any thread; concurrent calls wait for each other.
/// </summary>
/// <remarks>
/// Changes throw <see cref="LinuxException"/> when the kernel refuses them, except that deleting what is not there is not an error but
/// returns false. Several changes go into a <see cref="RouteBatch"/>. The kernel serialises all changes of all namespaces.
/// </remarks>
public sealed partial class RouteNetlink : IDisposable
{
    private readonly NetlinkSocket _socket;
    private readonly Lock _gate = new();
    private readonly RouteBatch _single = new();

    private RouteNetlink(NetlinkSocket socket) => _socket = socket;

    /// <summary>Opens a socket in the namespace of the calling thread.</summary>
    /// <returns>The socket.</returns>
    /// <exception cref="LinuxException">Descriptors ran out (EMFILE).</exception>
    public static RouteNetlink Open() => new(NetlinkSocket.Open(NetlinkProtocol.Route));

    /// <summary>Opens a socket in another namespace.</summary>
    /// <param name="networkNamespace">The namespace; it may be disposed of afterwards, the socket keeps it alive.</param>
    /// <returns>The socket.</returns>
    /// <exception cref="LinuxException">The namespace may not be entered (EPERM), or descriptors ran out (EMFILE).</exception>
    public static RouteNetlink Open(NetworkNamespace networkNamespace) => new(NetlinkSocket.Open(NetlinkProtocol.Route, networkNamespace));

    /// <summary>Cookie of the namespace the socket is in (see <see cref="NetworkNamespace.Cookie"/>).</summary>
    /// <exception cref="LinuxException">The kernel is older than 5.14 (ENOPROTOOPT).</exception>
    public ulong NamespaceCookie => _socket.NamespaceCookie;

    /// <summary>Carries out the changes of a batch, in order; a refused one does not stop those behind it.</summary>
    /// <param name="batch">The changes.</param>
    /// <returns>The refused ones; empty when all succeeded.</returns>
    /// <exception cref="LinuxException">The exchange itself broke.</exception>
    public IReadOnlyList<BatchFailure> Send(RouteBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return _socket.Send(batch.Requests);
    }

    /// <summary>Carries out the changes of a batch and throws for the first refused one.</summary>
    /// <param name="batch">The changes.</param>
    /// <exception cref="LinuxException">A change was refused; those behind it have been carried out or refused as well.</exception>
    public void Execute(RouteBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        _socket.Execute(batch.Requests);
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private void Change<T>(T state, Action<RouteBatch, T> write)
    {
        lock (_gate)
        {
            _single.Clear();
            write(_single, state);
            _socket.Execute(_single.Requests);
        }
    }

    /// <returns>False when the kernel said that there was nothing to delete.</returns>
    private bool Remove<T>(T state, Action<RouteBatch, T> write, params ReadOnlySpan<Errno> absent)
    {
        lock (_gate)
        {
            _single.Clear();
            write(_single, state);
            IReadOnlyList<BatchFailure> failures = _socket.Send(_single.Requests);
            if (failures.Count == 0)
                return true;
            return absent.Contains(failures[0].Error.Errno) ? false : throw failures[0].Error;
        }
    }
}
