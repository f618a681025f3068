using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Fairway.Engine.Plan;
using Fairway.Engine.State;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Policies;

namespace Fairway.Engine.Planner;

/// <summary>Plans what is led to sidecars, and to proxies elsewhere: filter and exceptions become one list of prefixes, and one of ports for each direction.</summary>
internal static class SidecarPlanner
{
    /// <summary>Every address.</summary>
    public static ImmutableArray<IPNetwork> Everything { get; } = [new(IPAddress.Any, 0), new(IPAddress.IPv6Any, 0)];

    /// <summary>The plan of an endpoint; null when nothing of its is led anywhere, or it is in no namespace.</summary>
    public static SidecarPlan? Plan(HostState state, Guid id)
    {
        if (!state.Endpoints.TryGetValue(id, out var endpoint) || endpoint.Spec is { Sidecar: null, Proxy: null } || EndpointPlanner.Place(state, endpoint) is not { } place)
            return null;
        var outward = OutwardLead.Of(endpoint.Spec);
        var inward = endpoint.Spec.Sidecar is { InboundPort: not null } sidecar ? sidecar : null;
        return new SidecarPlan(id, endpoint.Spec.Name!, endpoint.Port, place.Cookie)
        {
            OutboundAddress = outward?.Address,
            OutboundPort = outward?.Port,
            InboundPort = inward?.InboundPort,
            User = endpoint.Spec.Sidecar?.User,
            Prefixes = Prefixes(outward, inward, endpoint),
            OutboundPorts = outward?.Ports ?? [],
            InboundPorts = inward is null ? [] : PortIntervals.Without(inward.LocalPorts is [] ? PortIntervals.All : inward.LocalPorts, inward.InboundExceptions.Ports),
        };
    }

    /// <summary>A prefix of one address.</summary>
    public static IPNetwork Whole(IPAddress address) => new(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);

    /// <summary>Both families are covered whole: the prefix of everything in IPv6 would cover IPv4, too.</summary>
    private static ImmutableArray<SidecarPrefix> Prefixes(OutwardLead? outward, Sidecar? inward, Endpoint endpoint)
    {
        // What the endpoint calls of itself stays in its namespace.
        ImmutableArray<IPNetwork> exceptOut = outward is null ? [] : [.. outward.Exceptions, .. endpoint.Addresses.Select(address => Whole(address.Address))];
        ImmutableArray<IPNetwork> called = outward?.Prefixes ?? [], exceptIn = inward?.InboundExceptions.Prefixes ?? [];
        var callers = inward is null ? [] : inward.RemotePrefixes is [] ? Everything : inward.RemotePrefixes;
        return
        [
            .. from prefix in Everything.Concat(called).Concat(callers).Concat(exceptOut).Concat(exceptIn).Distinct()
               orderby prefix.Family, prefix.PrefixLength, prefix.BaseAddress.ToNumber()
               select new SidecarPrefix(prefix, Covers(called, prefix) && !Covers(exceptOut, prefix), Covers(callers, prefix) && !Covers(exceptIn, prefix)),
        ];
    }

    private static bool Covers(ImmutableArray<IPNetwork> prefixes, IPNetwork prefix) => prefixes.Any(one => one.Covers(prefix));
}
