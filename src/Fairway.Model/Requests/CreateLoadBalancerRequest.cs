using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Collections;
using Fairway.Model.LoadBalancers;

namespace Fairway.Model.Requests;

/// <summary>What <c>POST /v1/loadbalancers</c> takes.</summary>
public sealed record CreateLoadBalancerRequest
{
    /// <summary>Unique per host; null derives one from the id.</summary>
    public string? Name { get; init; }
    /// <summary>Network all backends must be of, by name, id or unambiguous id prefix; null for any.</summary>
    public string? Network { get; init; }
    /// <summary>Addresses it answers on; none stands for every address of the host, of both families.</summary>
    public ImmutableArray<IPAddress> Frontends { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Its ports.</summary>
    public ImmutableArray<LoadBalancerPort> Ports { get; init => field = value.OrEmpty(); } = [];
    /// <summary>Endpoint of the backends' overlay network that is attached nowhere, as whom everybody calls who is not of that network; null: only the network's own endpoints call.</summary>
    public string? Source { get; init; }
    /// <summary>Endpoints by name, <c>network/name</c>, id or unambiguous id prefix.</summary>
    public ImmutableArray<string> Backends { get; init => field = value.OrEmpty(); } = [];
}
