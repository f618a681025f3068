using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Serialization;
using Fairway.Model.Collections;

namespace Fairway.Model.LoadBalancers;

/// <summary>What is asked of a load balancer: addresses and ports that lead to one of several endpoints.</summary>
public sealed record LoadBalancerSpec
{
    /// <summary>Stable id; empty on create lets the daemon choose.</summary>
    public Guid Id { get; init; }
    /// <summary>Unique per host; null on create derives one from the id.</summary>
    public string? Name { get; init; }
    /// <summary>The network all backends must be of, or null for any.</summary>
    public Guid? NetworkId { get; init; }
    /// <summary>Addresses it answers on (VIPs), of either family. <c>0.0.0.0</c> and <c>::</c> stand for every address of the host.</summary>
    public ImmutableArray<IPAddress> Frontends { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Its ports, the same on every frontend.</summary>
    public ImmutableArray<LoadBalancerPort> Ports { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Endpoints that serve. None: callers are refused.</summary>
    public ImmutableArray<Guid> Backends { get; init => field = value.OrEmpty(); } = [];
    /// <summary>
    /// The address callers come from who are not of the overlay network that the backends are of (HCN's SourceVIP): an endpoint's of that network, on this host, that is
    /// attached nowhere. Null: only the network's own endpoints call. Callers of other networks keep their addresses.
    /// </summary>
    public IPAddress? SourceAddress { get; init; }
    /// <summary>The endpoint that has <see cref="SourceAddress"/>, set by the daemon. It is called with whatever addresses it has.</summary>
    public Guid? Source { get; init; }
    /// <summary>The HCN document it came from, verbatim, or null.</summary>
    public string? Document { get; init; }

    /// <summary>Every endpoint that has to do with it: backends, and the one whose addresses it calls with.</summary>
    [JsonIgnore]
    public IEnumerable<Guid> Members => Source is { } source ? Backends.Append(source).Distinct() : Backends;
}
