using System.Net.Sockets;
using Fairway.Linux.Interop;
using Fairway.Linux.Netlink;

namespace Fairway.Linux.Diag;

/// <summary>Which sockets to list.</summary>
public sealed record SocketQuery
{
    // TCP_BOUND_INACTIVE (Linux 6.8, in no C library's header yet): without it bound TCP sockets that neither listen nor are connected are left
    // out. The kernel lists them as TCP_CLOSE.
    private const int BoundInactive = 13;
    private const uint AllStates = (1u << (BoundInactive + 1)) - 1;

    /// <summary>Protocol.</summary>
    public required TransportProtocol Protocol { get; init; }

    /// <summary>
    /// Family of the socket, <see cref="AddressFamily.InterNetwork"/> or <see cref="AddressFamily.InterNetworkV6"/>; null for both. An IPv6 socket may
    /// serve IPv4 too (<see cref="SocketEntry.IsV6Only"/>).
    /// </summary>
    public AddressFamily? Family { get; init; }

    /// <summary>States; empty for all.</summary>
    public IReadOnlyCollection<SocketState> States { get; init; } = [];

    /// <summary>Local port; null for all.</summary>
    public ushort? LocalPort { get; init; }

    /// <summary>
    /// What occupies ports: TCP sockets that listen or are about to (those Linux 6.8 and later list), UDP sockets that are not connected.
    /// </summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="port">The port; null for all.</param>
    /// <returns>The query.</returns>
    public static SocketQuery Listening(TransportProtocol protocol, ushort? port = null) => new()
    {
        Protocol = protocol,
        States = protocol == TransportProtocol.Tcp ? [SocketState.Listen, SocketState.Close] : [SocketState.Close],
        LocalPort = port,
    };

    /// <inheritdoc/>
    public override string ToString() => Protocol.ToString().ToLowerInvariant();

    internal void Write(ref NetlinkWriter writer, byte family) => writer.WriteHeader(new inet_diag_req_v2
    {
        sdiag_family = family,
        sdiag_protocol = (byte)Protocol,
        idiag_states = States.Count == 0 ? AllStates : States.Aggregate(0u, (mask, state) => mask | Mask(state)),
        id = new inet_diag_sockid { idiag_sport = SocketEntry.SwapPort(LocalPort ?? 0) },
    });

    private static uint Mask(SocketState state) => state == SocketState.Close ? (1u << (int)state) | (1u << BoundInactive) : 1u << (int)state;
}
