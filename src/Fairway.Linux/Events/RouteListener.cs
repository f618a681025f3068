using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Fairway.Linux.Interop;
using Fairway.Linux.Namespaces;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Events;

/// <summary>
/// Hears of changes to a namespace's links, addresses, routes, rules, neighbours and traffic control, from the moment it is opened. For one reader;
/// no thread waits.
/// </summary>
/// <remarks>
/// Events are hints: they may be lost (<see cref="RouteEventKind.Lost"/>), and by the time one is read the kernel may have moved on. Open the listener, then list,
/// then follow.
/// </remarks>
public sealed class RouteListener : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(64 * 1024);

    private RouteListener(Socket socket) => _socket = socket;

    /// <summary>Begins to listen.</summary>
    /// <param name="groups">To what.</param>
    /// <param name="networkNamespace">In which namespace, which may be disposed of afterwards; null for that of the calling thread.</param>
    /// <param name="receiveBuffer">Bytes of events that may wait; one takes about 1 KiB. More than net.core.rmem_max needs CAP_NET_ADMIN.</param>
    /// <returns>The listener.</returns>
    /// <exception cref="LinuxException">The namespace may not be entered (EPERM), or descriptors ran out (EMFILE).</exception>
    public static RouteListener Open(RouteGroups groups, NetworkNamespace? networkNamespace = null, int receiveBuffer = 4 * 1024 * 1024)
    {
        SafeFileDescriptor fd = NetlinkSocket.OpenRaw(NetlinkProtocol.Route, networkNamespace);
        try
        {
            // A socket without a port of its own is taken for the one that made the change, and hears nothing.
            if (Libc.bind(fd, new sockaddr_nl { nl_family = sys_socket.AF_NETLINK }, (uint)Unsafe.SizeOf<sockaddr_nl>()) != 0)
                throw LinuxException.FromLastError("bind netlink socket");
            // The first wish is granted with CAP_NET_ADMIN only; the second is cut to what everybody gets.
            if (!fd.TrySetOption(sys_socket.SOL_SOCKET, sys_socket.SO_RCVBUFFORCE, receiveBuffer))
                _ = fd.TrySetOption(sys_socket.SOL_SOCKET, sys_socket.SO_RCVBUF, receiveBuffer);
            foreach (int group in Numbers(groups))
            {
                if (!fd.TrySetOption(sys_socket.SOL_NETLINK, linux_netlink.NETLINK_ADD_MEMBERSHIP, group))
                    throw LinuxException.FromLastError("listen to rtnetlink group", group.ToString());
            }
            return new RouteListener(fd.ToSocket());
        }
        catch
        {
            fd.Dispose();
            throw;
        }
    }

    /// <summary>Waits for events. Use it from one place at a time.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>One event or several, in the kernel's order.</returns>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    /// <exception cref="ObjectDisposedException">The listener was disposed of, before or meanwhile.</exception>
    public async ValueTask<IReadOnlyList<RouteEvent>> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        var events = new List<RouteEvent>(1);
        while (events.Count == 0)
        {
            try
            {
                int length = await _socket.ReceiveAsync(_buffer, SocketFlags.None, cancellationToken).ConfigureAwait(false);
                RouteEventReader.Read(_buffer.AsSpan(0, length), events);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.NoBufferSpaceAvailable)
            {
                Drain();
                events.Add(RouteEvent.Lost);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.OperationAborted)
            {
                throw new ObjectDisposedException(nameof(RouteListener), e);
            }
        }
        return events;
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    /// <summary>
    /// The kernel says once that events were lost, and goes on dropping silently until all that waited have been read. Only whoever looks after that misses nothing.
    /// </summary>
    private void Drain()
    {
        while (_socket.Poll(0, SelectMode.SelectRead))
        {
            try
            {
                _ = _socket.Receive(_buffer);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.NoBufferSpaceAvailable)
            {
                // and again
            }
        }
    }

    private static IEnumerable<int> Numbers(RouteGroups groups)
    {
        (RouteGroups Group, int[] Numbers)[] table =
        [
            (RouteGroups.Links, [linux_rtnetlink.RTNLGRP_LINK]),
            (RouteGroups.Addresses, [linux_rtnetlink.RTNLGRP_IPV4_IFADDR, linux_rtnetlink.RTNLGRP_IPV6_IFADDR]),
            (RouteGroups.Routes, [linux_rtnetlink.RTNLGRP_IPV4_ROUTE, linux_rtnetlink.RTNLGRP_IPV6_ROUTE]),
            (RouteGroups.Rules, [linux_rtnetlink.RTNLGRP_IPV4_RULE, linux_rtnetlink.RTNLGRP_IPV6_RULE]),
            (RouteGroups.Neighbours, [linux_rtnetlink.RTNLGRP_NEIGH]),
            (RouteGroups.TrafficControl, [linux_rtnetlink.RTNLGRP_TC]),
        ];
        return table.Where(row => groups.HasFlag(row.Group)).SelectMany(row => row.Numbers);
    }
}
