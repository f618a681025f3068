using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Addressing;
using Fairway.Model.Policies;

namespace Fairway.Engine.Plan;

/// <summary>The proxy beside an endpoint's processes, or elsewhere, which connections of its namespace are led to.</summary>
/// <param name="Owner">The endpoint's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Port">Its port.</param>
/// <param name="NetnsCookie">SO_NETNS_COOKIE of the namespace.</param>
public sealed record SidecarPlan(Guid Owner, string Name, uint Port, ulong NetnsCookie)
{
    /// <summary>The proxy that gets what processes of the namespace call, when it is elsewhere.</summary>
    public IPAddress? OutboundAddress { get; init; }
    /// <summary>Where it gets what processes of the namespace call, 0 for the port that is called; null for not at all.</summary>
    public required int? OutboundPort { get; init; }
    /// <summary>Where it gets what calls the endpoint; null for not at all.</summary>
    public required int? InboundPort { get; init; }
    /// <summary>The user whose processes call past it; null for nobody.</summary>
    public required uint? User { get; init; }
    /// <summary>Both families are covered whole; none is there twice.</summary>
    public required ImmutableArray<SidecarPrefix> Prefixes { get; init; }
    /// <summary>The ports of which it gets what is called.</summary>
    public required ImmutableArray<PortInterval> OutboundPorts { get; init; }
    /// <summary>The endpoint's own ports of which it gets the callers.</summary>
    public required ImmutableArray<PortInterval> InboundPorts { get; init; }

    /// <summary>Whether a process that calls an address and port is led to it.</summary>
    public bool LeadsOut(IPAddress called, ushort port) => OutboundPort is not null && OutboundPorts.Any(ports => ports.Contains(port)) && Longest(called) is { Outbound: true };

    /// <summary>Whether who calls a port of the endpoint from an address is.</summary>
    public bool LeadsIn(IPAddress caller, ushort port) => InboundPort is not null && port != InboundPort && InboundPorts.Any(ports => ports.Contains(port)) && Longest(caller) is { Inbound: true };

    /// <inheritdoc/>
    public bool Equals(SidecarPlan? other) => other is not null && Owner == other.Owner && Port == other.Port && NetnsCookie == other.NetnsCookie
        && Equals(OutboundAddress, other.OutboundAddress) && OutboundPort == other.OutboundPort && InboundPort == other.InboundPort && User == other.User
        && Prefixes.SequenceEqual(other.Prefixes) && OutboundPorts.SequenceEqual(other.OutboundPorts) && InboundPorts.SequenceEqual(other.InboundPorts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Owner, Port, NetnsCookie, OutboundPort, InboundPort);

    private SidecarPrefix? Longest(IPAddress address) => Prefixes.Where(prefix => prefix.Prefix.Covers(address)).MaxBy(prefix => prefix.Prefix.PrefixLength);
}
