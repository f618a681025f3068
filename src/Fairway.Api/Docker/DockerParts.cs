using System.Net.Sockets;
using Fairway.Api.Access;
using Fairway.Engine.Operations;

namespace Fairway.Api.Docker;

/// <summary>What the composition root hands to Docker's drivers.</summary>
public sealed record DockerParts
{
    /// <summary>Everything the drivers can do.</summary>
    public required IHostNetworking Host { get; init; }

    /// <summary>A bound Unix socket that listens; the server owns it from here on.</summary>
    public required Socket Listener { get; init; }

    /// <summary>Asks the kernel who is at the other end of an accepted socket.</summary>
    public required Func<Socket, Peer> Identify { get; init; }

    /// <summary>Whom to let in.</summary>
    public required PeerAccess Access { get; init; }

    /// <summary>Docker's own socket, where names of containers are asked for.</summary>
    public required string DockerSocket { get; init; }

    /// <summary>Where log lines go.</summary>
    public required ILoggerFactory Logging { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
