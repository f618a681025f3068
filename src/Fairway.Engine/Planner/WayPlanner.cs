using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Fairway.Engine.Plan;
using Fairway.Engine.State;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Networks;

namespace Fairway.Engine.Planner;

/// <summary>Plans how endpoints' packets leave: translation and next hops, each with prefixes of its own, become one list that the switch looks into once.</summary>
internal static class WayPlanner
{
    private static readonly ImmutableArray<IPNetwork> s_everything = [new(IPAddress.Any, 0), new(IPAddress.IPv6Any, 0)];

    /// <summary>The plan of an endpoint; null when it has nothing of its own.</summary>
    public static WayPlan? Plan(HostState state, Guid id)
    {
        if (!state.Endpoints.TryGetValue(id, out var endpoint) || endpoint.Port == 0)
            return null;
        var network = state.Network(endpoint.Spec.NetworkId).Spec;
        var routes = Routes(state, network, endpoint);
        var settings = Settings(network, endpoint);
        if (settings.IsEmpty && routes.Count == 0)
            return null;
        var translated = Translations(network, settings);
        return new WayPlan(id, endpoint.Spec.Name!, endpoint.Port, endpoint.Generation, settings.Min(setting => setting.MaxPortPoolUsage),
        [
            .. from prefix in translated.Keys.Union(routes.Keys).OrderBy(prefix => prefix.Family).ThenBy(prefix => prefix.PrefixLength).ThenBy(prefix => prefix.BaseAddress.ToNumber())
               let leaving = Longest(translated, prefix)
               let route = Longest(routes, prefix)
               select new WayPrefix(prefix, leaving.Leaving, leaving.Source, route.Way?.NextHop, route.Way?.Encapsulate ?? false) { Route = route.Name, OfNetwork = route.OfNetwork },
        ]);
    }

    /// <summary>Its own, and for a family of which it has none its network's.</summary>
    private static ImmutableArray<OutboundNat> Settings(NetworkSpec network, Endpoint endpoint) =>
        [.. endpoint.Spec.OutboundNat, .. network.OutboundNat.Where(general => !endpoint.Spec.OutboundNat.Any(own => own.IPv6 == general.IPv6))];

    /// <summary>Those of its subnets, and before them its own and those of routes that name it, none of which is there twice.</summary>
    private static Dictionary<IPNetwork, Hop> Routes(HostState state, NetworkSpec network, Endpoint endpoint)
    {
        var routes = new Dictionary<IPNetwork, Hop>();
        foreach (var subnet in network.Subnets.Where(subnet => !subnet.Routes.IsEmpty && endpoint.Addresses.Any(address => subnet.Prefix.Covers(address.Address))))
        {
            foreach (var route in subnet.Routes)
                routes[route.Destination] = new Hop(route, null, OfNetwork: true);
        }
        foreach (var own in endpoint.Spec.SwitchRoutes)
            routes[own.Destination] = new Hop(own, null, OfNetwork: false);
        foreach (var (route, way) in state.WaysOf(endpoint.Spec.Id))
            routes[way.Destination] = new Hop(way, route.Spec.Name, OfNetwork: false);
        return routes;
    }

    /// <summary>Both families are covered whole: the prefix of everything in IPv6 would cover IPv4, too.</summary>
    private static Dictionary<IPNetwork, (WayLeaving Leaving, IPAddress? Source)> Translations(NetworkSpec network, ImmutableArray<OutboundNat> settings)
    {
        var usual = network.Traits.IsTranslated ? WayLeaving.Translated : WayLeaving.Inside;
        var exempt = network.Traits.IsTranslated ? WayLeaving.Untranslated : WayLeaving.Inside;
        var ways = s_everything.ToDictionary(everything => everything, everything =>
            settings.FirstOrDefault(setting => setting.IPv6 == (everything.Family == AddressFamily.InterNetworkV6)) is { } setting
                ? setting.Destinations is [] ? (WayLeaving.Translated, setting.VirtualAddress) : (exempt, (IPAddress?)null)
                : (usual, (IPAddress?)null));
        foreach (var setting in settings)
        {
            foreach (var destination in setting.Destinations)
                ways[destination] = (WayLeaving.Translated, setting.VirtualAddress);
            foreach (var exception in setting.Exceptions)
                ways[exception] = (exempt, null);
        }
        // Neighbours on the LAN are no outside.
        if (network.Traits.HasUplink)
        {
            foreach (var subnet in network.Subnets)
                ways[subnet.Prefix] = (WayLeaving.Inside, null);
        }
        return ways;
    }

    private static TWay? Longest<TWay>(Dictionary<IPNetwork, TWay> ways, IPNetwork prefix)
    {
        IPNetwork? best = null;
        foreach (var candidate in ways.Keys)
        {
            if (candidate.Covers(prefix) && (best is null || best.Value.PrefixLength < candidate.PrefixLength))
                best = candidate;
        }
        return best is { } found ? ways[found] : default;
    }

    private readonly record struct Hop(SwitchRoute? Way, string? Name, bool OfNetwork);
}
