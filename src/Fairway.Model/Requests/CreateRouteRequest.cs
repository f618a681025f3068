using System.Collections.Immutable;
using Fairway.Model.Collections;
using Fairway.Model.Endpoints;

namespace Fairway.Model.Requests;

/// <summary>What <c>POST /v1/routes</c> takes.</summary>
public sealed record CreateRouteRequest
{
    /// <summary>Unique per host; null derives one from the id.</summary>
    public string? Name { get; init; }
    /// <summary>Network all its endpoints must be of, by name, id or unambiguous id prefix; null for any.</summary>
    public string? Network { get; init; }
    /// <summary>Endpoints by name, <c>network/name</c>, id or unambiguous id prefix.</summary>
    public ImmutableArray<string> Endpoints { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Prefixes and next hops.</summary>
    public ImmutableArray<SwitchRoute> Routes { get; init => field = value.OrEmpty(); } = [];
}
