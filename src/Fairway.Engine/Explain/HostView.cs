using System.Net;
using System.Net.Sockets;
using Fairway.Engine.Drivers;
using Fairway.Engine.Plan;
using Fairway.Engine.State;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Networks;
using Fairway.Model.Ports;

namespace Fairway.Engine.Explain;

/// <summary>What the layers look things up in: the plan the switch was filled from, and what the host has besides.</summary>
/// <param name="state">The store's state.</param>
/// <param name="plan">The plan of that state.</param>
/// <param name="addresses">The host's addresses, without those of our networks.</param>
/// <param name="routes">How the host routes: destination, source, device it came in by.</param>
internal sealed class HostView(HostState state, HostPlan plan, IReadOnlyList<IPAddress> addresses, Func<IPAddress, IPAddress?, string?, HostRoute?> routes)
{
    public HostState State => state;

    public IEnumerable<NetworkPlan> Networks => plan.Networks.Values;

    public NetworkPlan Network(uint number) => plan.Networks.Values.First(network => network.Number == number);

    public static NetworkTraits Traits(NetworkPlan network) => NetworkTraits.Of(network.Type);

    /// <summary>An endpoint that is attached here, or null.</summary>
    public EndpointPlan? Port(Guid id) => plan.Endpoints.GetValueOrDefault(id) is { IsSource: false } port ? port : null;

    public EndpointPlan? Port(uint number) => plan.Endpoints.Values.FirstOrDefault(endpoint => endpoint.Port == number);

    /// <summary>The attached endpoint of a network that has an address, or null.</summary>
    public EndpointPlan? PortAt(NetworkPlan network, IPAddress address) => Holder(network, address) is { IsSource: false } port ? port : null;

    /// <summary>Whether load balancers call with an address.</summary>
    public bool IsSource(NetworkPlan network, IPAddress address) => Holder(network, address) is { IsSource: true };

    /// <summary>The stored endpoint that has an address, attached or not, or null.</summary>
    public Endpoint? EndpointAt(NetworkPlan network, IPAddress address) =>
        state.Networks[network.Id].Holder(address) is { } id ? state.Endpoints.GetValueOrDefault(id) : null;

    /// <summary>Where another host has an address, or null: the longest prefix.</summary>
    public (RemotePlan Plan, RemotePrefix Prefix)? Remote(NetworkPlan network, IPAddress address) => plan.Remotes.Values
        .Where(remote => remote.Network == network.Number)
        .SelectMany(remote => remote.Prefixes, (remote, prefix) => ((RemotePlan Plan, RemotePrefix Prefix)?)(remote, prefix))
        .Where(entry => entry!.Value.Prefix.Prefix.Covers(address))
        .MaxBy(entry => entry!.Value.Prefix.Prefix.PrefixLength);

    /// <summary>How packets of an endpoint that has settings of its own leave towards an address; null when it has none.</summary>
    public WayPrefix? Way(Guid endpoint, IPAddress destination) => plan.Ways.GetValueOrDefault(endpoint)?.Ways
        .Where(way => way.Prefix.Covers(destination))
        .MaxBy(way => way.Prefix.PrefixLength);

    /// <summary>The proxy that gets what calls an endpoint, or what its processes call; null when it has none.</summary>
    public SidecarPlan? Sidecar(Guid endpoint) => plan.Sidecars.GetValueOrDefault(endpoint);

    /// <summary>The proxy of a namespace, whichever of its endpoints has it.</summary>
    public SidecarPlan? SidecarOf(ulong netnsCookie) => plan.Sidecars.Values.FirstOrDefault(sidecar => sidecar.NetnsCookie == netnsCookie);

    /// <summary>Access rules of an endpoint or a network; null when it has none.</summary>
    public PolicyPlan? Rules(Guid owner) => plan.Policies.GetValueOrDefault(owner);

    /// <summary>Whether an address is in a subnet of a network.</summary>
    public static bool Covers(NetworkPlan network, IPAddress address) => network.Subnets.Any(subnet => subnet.Covers(address));

    /// <summary>The first gateway of a family, by which the switch speaks; null when there is none.</summary>
    public static IPAddress? Gateway(NetworkPlan network, AddressFamily family) =>
        network.Gateways.Select(gateway => gateway.Address).FirstOrDefault(address => address.AddressFamily == family);

    /// <summary>Whether an address is a gateway's of a network.</summary>
    public static bool IsGateway(NetworkPlan network, IPAddress address) => network.Gateways.Any(gateway => gateway.Address.Equals(address));

    public bool IsHostAddress(IPAddress address) =>
        IsLoopback(address) || addresses.Contains(address)
        || Networks.Any(network => network.HostLink is not null && network.Gateways.Any(gateway => gateway.Address.Equals(address)));

    /// <summary>An address of the host for a family, the first that is no loopback's; null when it has none.</summary>
    public IPAddress? HostAddress(AddressFamily family) => addresses.FirstOrDefault(address => address.AddressFamily == family && !IsLoopback(address) && !address.IsIPv6LinkLocal);

    public HostRoute? Route(IPAddress destination, IPAddress? source = null, string? arrivingBy = null) => routes(destination, source, arrivingBy);

    /// <summary>What answers on an address and port of the host, or on a VIP; null when nothing does.</summary>
    public Frontend? Frontend(PacketTuple packet) => packet.Transport is not { } transport ? null
        : FrontendAt(packet.Destination, transport, packet.DestinationPort)
            ?? (IsHostAddress(packet.Destination) ? FrontendAt(HostAddresses.Any(packet.Family), transport, packet.DestinationPort) : null);

    private EndpointPlan? Holder(NetworkPlan network, IPAddress address) =>
        plan.Endpoints.Values.FirstOrDefault(endpoint => endpoint.Network == network.Number && endpoint.Addresses.Any(own => own.Address.Equals(address)));

    private static bool IsLoopback(IPAddress address) => IPAddress.IsLoopback(address);

    private Frontend? FrontendAt(IPAddress address, TransportProtocol protocol, ushort port)
    {
        var publication = plan.Publications.Values.FirstOrDefault(candidate => candidate.Protocol == protocol && candidate.HostAddress.Equals(address)
            && port >= candidate.HostPort && port < candidate.HostPort + candidate.Count);
        if (publication is not null)
            return Explain.Frontend.Of(this, publication, port);
        foreach (var (id, halves) in plan.LoadBalancers)
        {
            foreach (var half in halves)
            {
                if (half.Services.FirstOrDefault(candidate => candidate.Protocol == protocol && candidate.Frontend.Equals(address) && candidate.Port == port) is { } service)
                    return Explain.Frontend.Of(this, state.LoadBalancers[id].Spec.Name!, half, service);
            }
        }
        return null;
    }
}
