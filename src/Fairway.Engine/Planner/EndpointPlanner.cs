using System.Collections.Immutable;
using System.Net;
using Fairway.Engine.Plan;
using Fairway.Engine.State;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Namespaces;
using Fairway.Model.Networks;

namespace Fairway.Engine.Planner;

/// <summary>Plans endpoints that are in a namespace, handed over to an engine or virtual machines', and those load balancers call with; others have nothing in the kernel.</summary>
internal static class EndpointPlanner
{
    /// <summary>The plan of an endpoint, or null when there is nothing to have in the kernel.</summary>
    public static EndpointPlan? Plan(HostState state, Guid id)
    {
        if (!state.Endpoints.TryGetValue(id, out var endpoint))
            return null;
        var source = state.IsSource(id);
        if (!source && !IsPlaced(state, endpoint))
            return null;
        var spec = endpoint.Spec;
        var place = Place(state, endpoint);
        var network = state.Network(spec.NetworkId);
        return new EndpointPlan
        {
            Id = id,
            Name = spec.Name!,
            Port = endpoint.Port,
            Generation = endpoint.Generation,
            Network = network.Number,
            HostLink = spec.VirtualNic is null ? LinkNames.Endpoint(id) : spec.InterfaceName,
            VirtualNic = spec.VirtualNic,
            HandoverLink = spec.HandedOver ? Engine.Plan.HandoverLink.NameOf(id) : null,
            NetnsPath = place?.Path ?? "",
            NetnsCookie = place?.Cookie ?? 0,
            InterfaceName = spec.InterfaceName,
            MacAddress = endpoint.MacAddress,
            Addresses = endpoint.Addresses,
            Gateways = Gateways(network, endpoint),
            GatewayMac = network.Spec.Traits is { HasUplink: true, IsHairpin: false } ? null : NetworkPlanner.GatewayMac(network.Spec),
            LearnsAddress = network.Spec.Dhcp,
            Apart = spec.Apart,
            Mtu = Mtu(network, spec),
            Routes = spec.Routes,
            Bandwidth = source ? null : spec.Bandwidth,
            CallersMeetSidecar = !source && spec.Sidecar?.InboundPort is not null,
            PortName = source ? null : spec.PortName,
            IsSource = source,
        };
    }

    /// <summary>What the way out takes, less what encapsulation needs: of the network, unless the endpoint says otherwise.</summary>
    public static int Mtu(Network network, EndpointSpec spec) => spec.Mtu is { } own ? own : spec.EncapOverhead is { } overhead ? network.Mtu + network.Spec.Overhead - overhead : network.Mtu;

    /// <summary>Whether an endpoint is somewhere: in a namespace, where an engine put it, or in a virtual machine.</summary>
    public static bool IsPlaced(HostState state, Endpoint endpoint) => endpoint.Spec.HasOwnPlace || Place(state, endpoint) is not null;

    /// <summary>The namespace an endpoint is in, or null. One without a cookie is still being made, and comes with a write of its own.</summary>
    public static NamespaceSpec? Place(HostState state, Endpoint endpoint) =>
        endpoint.Spec.NamespaceId is { } id && state.Namespaces[id].Namespace.Spec is { Path: not null, Cookie: not 0 } place ? place : null;

    /// <summary>A way out, where the network has one, for each family the endpoint has.</summary>
    public static ImmutableArray<IPAddress> Gateways(Network network, Endpoint endpoint) =>
        !network.Spec.Traits.HasDefaultRoute
            ? []
            : [.. from subnet in network.Spec.Subnets
                  where subnet.Gateway is not null && endpoint.Addresses.Any(address => subnet.Prefix.Covers(address.Address))
                  group subnet.Gateway by subnet.Prefix.Family into family
                  select family.First()];
}
