using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Fairway.Engine.Plan;
using Fairway.Engine.State;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Policies;

namespace Fairway.Engine.Planner;

/// <summary>Plans what is led to sidecars: filter and exceptions become one list of prefixes, and one of ports for each direction.</summary>
internal static class SidecarPlanner
{
    private static readonly ImmutableArray<IPNetwork> s_everything = [new(IPAddress.Any, 0), new(IPAddress.IPv6Any, 0)];

    /// <summary>The plan of an endpoint; null when it has no sidecar, or is in no namespace.</summary>
    public static SidecarPlan? Plan(HostState state, Guid id)
    {
        if (!state.Endpoints.TryGetValue(id, out var endpoint) || endpoint.Spec.Sidecar is not { } sidecar || EndpointPlanner.Place(state, endpoint) is not { } place)
            return null;
        return new SidecarPlan(id, endpoint.Spec.Name!, endpoint.Port, place.Cookie)
        {
            OutboundPort = sidecar.OutboundPort,
            InboundPort = sidecar.InboundPort,
            User = sidecar.User,
            Prefixes = Prefixes(sidecar, endpoint),
            OutboundPorts = sidecar.OutboundPort is null ? [] : Ports(sidecar.RemotePorts, sidecar.OutboundExceptions.Ports),
            InboundPorts = sidecar.InboundPort is null ? [] : Ports(sidecar.LocalPorts, sidecar.InboundExceptions.Ports),
        };
    }

    /// <summary>Both families are covered whole: the prefix of everything in IPv6 would cover IPv4, too.</summary>
    private static ImmutableArray<SidecarPrefix> Prefixes(Sidecar sidecar, Endpoint endpoint)
    {
        // What the endpoint calls of itself stays in its namespace.
        ImmutableArray<IPNetwork> exceptOut = [.. sidecar.OutboundExceptions.Prefixes, .. endpoint.Addresses.Select(address => Whole(address.Address))];
        var exceptIn = sidecar.InboundExceptions.Prefixes;
        return
        [
            .. from prefix in s_everything.Concat(sidecar.RemotePrefixes).Concat(exceptOut).Concat(exceptIn).Distinct()
               orderby prefix.Family, prefix.PrefixLength, prefix.BaseAddress.ToNumber()
               let asked = sidecar.RemotePrefixes is [] || Covers(sidecar.RemotePrefixes, prefix)
               select new SidecarPrefix(prefix, asked && sidecar.OutboundPort is not null && !Covers(exceptOut, prefix), asked && sidecar.InboundPort is not null && !Covers(exceptIn, prefix)),
        ];
    }

    private static bool Covers(ImmutableArray<IPNetwork> prefixes, IPNetwork prefix) => prefixes.Any(one => one.Covers(prefix));

    private static IPNetwork Whole(IPAddress address) => new(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);

    /// <summary>The ports asked for, all when none are, without the exceptions.</summary>
    private static ImmutableArray<PortInterval> Ports(ImmutableArray<PortInterval> asked, ImmutableArray<PortInterval> exceptions) => PortIntervals.Without(asked is [] ? PortIntervals.All : asked, exceptions);
}
