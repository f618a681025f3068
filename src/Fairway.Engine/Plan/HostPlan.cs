using System.Collections.Immutable;

namespace Fairway.Engine.Plan;

/// <summary>Everything the kernel of this host should hold. Made by the planner from the store alone.</summary>
/// <param name="Networks">By id.</param>
/// <param name="Endpoints">Attached endpoints, by id.</param>
/// <param name="Publications">By number.</param>
/// <param name="Policies">Access rules, by the endpoint or network they are of.</param>
/// <param name="LoadBalancers">The families of a load balancer, by its id.</param>
/// <param name="Balanced">The load balancers an endpoint is a backend of.</param>
/// <param name="Remotes">What other hosts have, by the network or the remote endpoint.</param>
/// <param name="Ways">How packets leave, by endpoint.</param>
/// <param name="Sidecars">What is led to proxies, by endpoint.</param>
public sealed record HostPlan(ImmutableDictionary<Guid, NetworkPlan> Networks, ImmutableDictionary<Guid, EndpointPlan> Endpoints,
    ImmutableDictionary<uint, PublicationPlan> Publications, ImmutableDictionary<Guid, PolicyPlan> Policies,
    ImmutableDictionary<Guid, ImmutableArray<LoadBalancerPlan>> LoadBalancers, ImmutableDictionary<Guid, ImmutableHashSet<Guid>> Balanced,
    ImmutableDictionary<Guid, RemotePlan> Remotes, ImmutableDictionary<Guid, WayPlan> Ways, ImmutableDictionary<Guid, SidecarPlan> Sidecars)
{
    /// <summary>Nothing.</summary>
    public static HostPlan Empty { get; } = new(ImmutableDictionary<Guid, NetworkPlan>.Empty,
        ImmutableDictionary<Guid, EndpointPlan>.Empty, ImmutableDictionary<uint, PublicationPlan>.Empty,
        ImmutableDictionary<Guid, PolicyPlan>.Empty, ImmutableDictionary<Guid, ImmutableArray<LoadBalancerPlan>>.Empty, ImmutableDictionary<Guid, ImmutableHashSet<Guid>>.Empty,
        ImmutableDictionary<Guid, RemotePlan>.Empty, ImmutableDictionary<Guid, WayPlan>.Empty, ImmutableDictionary<Guid, SidecarPlan>.Empty);
}
