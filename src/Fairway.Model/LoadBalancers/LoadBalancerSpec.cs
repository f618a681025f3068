using System.Collections.Immutable;
using System.Net;
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
    /// <summary>The HCN document it came from, verbatim, or null.</summary>
    public string? Document { get; init; }
}
