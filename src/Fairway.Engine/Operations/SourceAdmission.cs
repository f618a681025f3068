using System.Net;
using System.Net.Sockets;
using Fairway.Engine.Planner;
using Fairway.Engine.State;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Networks;

namespace Fairway.Engine.Operations;

/// <summary>
/// Finds the endpoint whose address callers from outside come from. It has to be one, so that nobody else is given the address and the other hosts know
/// where answers go; and one that is attached nowhere, or its own connections and those of callers would be mixed up.
/// </summary>
internal static class SourceAdmission
{
    /// <summary>A spec with an endpoint that somebody named as its source: one that could be one, of the network that the load balancer is then for.</summary>
    /// <exception cref="FairwayException">It has no address, or is of no overlay network.</exception>
    public static LoadBalancerSpec Name(HostState state, LoadBalancerSpec spec, Endpoint source)
    {
        var (name, network) = (References.FullName(state, source), state.Network(source.Spec.NetworkId).Spec);
        if (!network.Traits.IsEncapsulated)
        {
            throw Refusal.At("$.Source", ErrorKind.InvalidArgument, $"endpoint '{name}'",
                $"endpoint '{name}' is of no overlay network: callers of all others keep their addresses and need no source; leave it out", HcnErrorCode.InvalidPolicy);
        }
        if (source.Addresses.IsEmpty)
        {
            throw Refusal.At("$.Source", ErrorKind.InvalidArgument, $"endpoint '{name}'",
                $"endpoint '{name}' has no address that callers could come from; choose one that has, or create one: fairway endpoint create NAME --network {network.Name}", HcnErrorCode.InvalidIp);
        }
        return spec with { Source = source.Spec.Id, SourceAddress = source.Addresses[0].Address, NetworkId = spec.NetworkId ?? (spec.Backends.IsEmpty ? network.Id : null) };
    }

    /// <summary>A spec that knows its source. Backends that keep their callers' addresses need none.</summary>
    /// <exception cref="FairwayException">No endpoint can be the source.</exception>
    public static LoadBalancerSpec Resolve(HostState state, LoadBalancerSpec spec)
    {
        if (spec.SourceAddress is not { } address)
            return spec with { Source = null };
        if (NetworkOf(state, spec) is not { } network)
            return spec with { Source = null };
        if (spec.Source is { } named && state.Endpoints.TryGetValue(named, out var meant) && meant.Spec.NetworkId != network.Spec.Id && meant.Addresses.Any(of => of.Address.Equals(address)))
        {
            throw Wrong(address, $"endpoint '{References.FullName(state, meant)}' is not of network '{network.Spec.Name}', as the backends are, which know nobody else; choose an endpoint of that network",
                HcnErrorCode.InvalidNetwork);
        }
        if (!network.Spec.Traits.IsEncapsulated)
            return spec with { Source = null };
        if (state.Networks[network.Spec.Id].Holder(address) is not { } id || !state.Endpoints.TryGetValue(id, out var endpoint))
        {
            throw Wrong(address, $"no endpoint of network '{network.Spec.Name}' has {address}, so answers would not come back to this host; create one that stays unattached: fairway endpoint create NAME --network {network.Spec.Name} --ip {address}",
                HcnErrorCode.AddressInvalidOrReserved);
        }
        var name = References.FullName(state, endpoint);
        if (endpoint.Spec.ProviderAddress is { } provider)
            throw Wrong(address, $"endpoint '{name}' is on host {provider}, where answers would go; choose one of this host", HcnErrorCode.EndpointNotLocal);
        if (EndpointPlanner.IsPlaced(state, endpoint) || endpoint.Spec.NamespaceId is not null)
            throw Wrong(address, $"endpoint '{name}' is attached, and its own connections would be mixed up with those of callers; choose one that is attached nowhere", HcnErrorCode.EndpointAlreadyAttached);
        if (spec.Backends.Contains(id))
            throw Wrong(address, $"endpoint '{name}' is a backend; choose one that is attached nowhere", HcnErrorCode.InvalidPolicy);
        CheckFamilies(state, spec, endpoint, address);
        return spec with { Source = id };
    }

    /// <exception cref="FairwayException">Load balancers call with the endpoint's addresses.</exception>
    public static void CheckIsNone(HostState state, Endpoint endpoint, string verb, uint code)
    {
        if (!state.IsSource(endpoint.Spec.Id))
            return;
        var balancer = state.LoadBalancers[state.BalancersOf(endpoint.Spec.Id).First(id => state.LoadBalancers[id].Spec.Source == endpoint.Spec.Id)];
        throw new FairwayException(ErrorKind.Conflict, $"endpoint '{endpoint.Spec.Name}'",
            $"{verb} endpoint '{endpoint.Spec.Name}': load balancer '{balancer.Spec.Name}' calls with its addresses; delete the load balancer first, or give it another source", code);
    }

    /// <summary>Callers of a family without an address would be refused, each for itself, and nobody would know why.</summary>
    private static void CheckFamilies(HostState state, LoadBalancerSpec spec, Endpoint source, IPAddress address)
    {
        foreach (var family in spec.Frontends.Select(frontend => frontend.AddressFamily).Distinct())
        {
            if (Has(source, family) || !spec.Backends.Any(id => state.Endpoints.TryGetValue(id, out var backend) && Has(backend, family)))
                continue;
            var version = family == AddressFamily.InterNetwork ? "IPv4" : "IPv6";
            throw Wrong(address, $"endpoint '{References.FullName(state, source)}' has no {version} address, and the backends serve callers of {version}; choose an endpoint with addresses of both versions, or frontends of one",
                HcnErrorCode.InvalidIp);
        }

        static bool Has(Endpoint endpoint, AddressFamily family) => endpoint.Addresses.Any(of => of.Address.AddressFamily == family);
    }

    private static Network? NetworkOf(HostState state, LoadBalancerSpec spec)
    {
        var backend = spec.Backends.Select(id => state.Endpoints.GetValueOrDefault(id)).OfType<Endpoint>().FirstOrDefault();
        var id = backend?.Spec.NetworkId ?? spec.NetworkId;
        return id is { } known && state.Networks.TryGetValue(known, out var scope) ? scope.Network : null;
    }

    private static FairwayException Wrong(IPAddress address, string sentence, uint code) =>
        Refusal.At("$.SourceAddress", ErrorKind.InvalidArgument, $"source {address}", sentence, code);
}
