using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Collections;
using Fairway.Model.Policies;

namespace Fairway.Model.Endpoints;

/// <summary>
/// A proxy beside an endpoint's processes, in their namespace, which TCP connections are led to. It asks where one was to go by SO_ORIGINAL_DST.
/// </summary>
public sealed record Sidecar
{
    /// <summary>Port of the proxy, on the loopback, that gets what processes of the namespace call; null leaves that alone.</summary>
    public int? OutboundPort { get; init; }
    /// <summary>Port of the proxy that gets what calls the endpoint; null leaves that alone.</summary>
    public int? InboundPort { get; init; }
    /// <summary>Number of the user the proxy runs as, whose own calls go past it; null for nobody.</summary>
    public uint? User { get; init; }
    /// <summary>Connections with these prefixes only, whoever calls; empty for all.</summary>
    public ImmutableArray<IPNetwork> RemotePrefixes { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Ports of the endpoint whose callers are led to it; empty for all.</summary>
    public ImmutableArray<PortInterval> LocalPorts { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Ports that are called and led to it; empty for all.</summary>
    public ImmutableArray<PortInterval> RemotePorts { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Callers, and ports of the endpoint, that are left alone.</summary>
    public SidecarExceptions InboundExceptions { get; init => field = value ?? SidecarExceptions.None; } = SidecarExceptions.None;
    /// <summary>Whom processes call, and on which ports, without the proxy.</summary>
    public SidecarExceptions OutboundExceptions { get; init => field = value ?? SidecarExceptions.None; } = SidecarExceptions.None;

    /// <inheritdoc/>
    public bool Equals(Sidecar? other) => other is not null && OutboundPort == other.OutboundPort && InboundPort == other.InboundPort && User == other.User
        && RemotePrefixes.SequenceEqual(other.RemotePrefixes) && LocalPorts.SequenceEqual(other.LocalPorts) && RemotePorts.SequenceEqual(other.RemotePorts)
        && InboundExceptions == other.InboundExceptions && OutboundExceptions == other.OutboundExceptions;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(OutboundPort, InboundPort, User);
}
