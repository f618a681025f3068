using System.Collections.Immutable;
using System.Net.Sockets;
using Fairway.Engine.Plan;
using Fairway.Engine.State;
using Fairway.Model.Endpoints;
using Fairway.Model.LoadBalancers;

namespace Fairway.Engine.Planner;

/// <summary>Plans load balancers, a half for each family. Backends that are nowhere are left out.</summary>
internal static class LoadBalancerPlanner
{
    /// <summary>The plans of a load balancer; none when it does not exist.</summary>
    public static ImmutableArray<LoadBalancerPlan> Plan(HostState state, Guid id)
    {
        if (!state.LoadBalancers.TryGetValue(id, out var balancer))
            return [];
        List<Endpoint> present = [.. balancer.Spec.Backends.Order()
            .Select(backend => state.Endpoints.GetValueOrDefault(backend)!)
            .Where(endpoint => endpoint is not null && (IsRemote(endpoint) || EndpointPlanner.IsPlaced(state, endpoint)))];
        return [.. new[] { (balancer.Number4, AddressFamily.InterNetwork), (balancer.Number6, AddressFamily.InterNetworkV6) }
            .Where(half => half.Item1 != 0)
            .Select(half => new LoadBalancerPlan(half.Item1, Services(balancer.Spec, half.Item2), Backends(state, present, half.Item2)) { Source = Source(state, balancer.Spec, half.Item2) })];
    }

    private static SourcePlan? Source(HostState state, LoadBalancerSpec spec, AddressFamily family) =>
        spec.Source is { } id && state.Endpoints.TryGetValue(id, out var endpoint)
            && endpoint.Addresses.FirstOrDefault(address => address.Address.AddressFamily == family) is { } own
            ? new SourcePlan(id, endpoint.Port, endpoint.Generation, state.Network(endpoint.Spec.NetworkId).Number, own.Address)
            : null;

    private static ImmutableArray<ServicePlan> Services(LoadBalancerSpec spec, AddressFamily family) =>
        [.. spec.Frontends.Where(frontend => frontend.AddressFamily == family)
            .SelectMany(frontend => spec.Ports.Select(port => new ServicePlan(frontend, port.Protocol, port.Port, port.BackendPort, port.Affinity, port.Internal) { KeepsFrontend = port.KeepsFrontend }))];

    private static ImmutableArray<BackendPlan> Backends(HostState state, IEnumerable<Endpoint> endpoints, AddressFamily family) =>
        [.. from endpoint in endpoints
            let address = endpoint.Addresses.FirstOrDefault(address => address.Address.AddressFamily == family)
            where address is not null
            let port = IsRemote(endpoint) ? (Number: 0, Generation: 0) : (Number: endpoint.Port, endpoint.Generation)
            select new BackendPlan(endpoint.Spec.Id, port.Number, port.Generation, state.Network(endpoint.Spec.NetworkId).Number, address.Address)];

    private static bool IsRemote(Endpoint endpoint) => endpoint.Spec.ProviderAddress is not null;
}
