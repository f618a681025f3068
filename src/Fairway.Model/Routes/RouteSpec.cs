using System.Collections.Immutable;
using Fairway.Model.Collections;
using Fairway.Model.Endpoints;

namespace Fairway.Model.Routes;

/// <summary>What is asked of a route: where packets go that leave the networks of some endpoints, the same for all of them.</summary>
public sealed record RouteSpec
{
    /// <summary>Stable id; empty on create lets the daemon choose.</summary>
    public Guid Id { get; init; }
    /// <summary>Unique per host; null on create derives one from the id.</summary>
    public string? Name { get; init; }
    /// <summary>The network all its endpoints must be of, or null for any.</summary>
    public Guid? NetworkId { get; init; }
    /// <summary>Endpoints it is for. Their own routes and those of other routes go elsewhere.</summary>
    public ImmutableArray<Guid> Endpoints { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Prefixes and next hops; the longest prefix decides.</summary>
    public ImmutableArray<SwitchRoute> Routes { get; init => field = value.OrEmpty(); } = [];
    /// <summary>The HCN document it came from, verbatim, or null.</summary>
    public string? Document { get; init; }
}
