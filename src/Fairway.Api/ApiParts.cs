using System.Net.Sockets;
using Fairway.Api.Access;
using Fairway.Api.Metrics;
using Fairway.Engine.Drivers;
using Fairway.Engine.Operations;

namespace Fairway.Api;

/// <summary>What the composition root hands to the API.</summary>
public sealed record ApiParts
{
    /// <summary>Everything the API can do.</summary>
    public required IHostNetworking Host { get; init; }

    /// <summary>What the switch reports.</summary>
    public required ISwitchEvents Events { get; init; }

    /// <summary>What the switch counts.</summary>
    public required ISwitchStatistics Statistics { get; init; }

    /// <summary>A bound Unix socket that listens; the server owns it from here on.</summary>
    public required Socket Listener { get; init; }

    /// <summary>Asks the kernel who is at the other end of an accepted socket.</summary>
    public required Func<Socket, Peer> Identify { get; init; }

    /// <summary>Whom to let in.</summary>
    public required PeerAccess Access { get; init; }

    /// <summary>The same over TCP, or null when this host alone is served; the caller disposes of it.</summary>
    public RemoteAccess? Remote { get; init; }

    /// <summary>What the daemon says about itself.</summary>
    public required DaemonDescription Daemon { get; init; }

    /// <summary>Parts with metrics of their own: reconciler, resolver, ...</summary>
    public IReadOnlyList<IMetricSource> Metrics { get; init; } = [];

    /// <summary>Where log lines go.</summary>
    public required ILoggerFactory Logging { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
