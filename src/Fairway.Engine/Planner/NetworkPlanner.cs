using Fairway.Engine.Plan;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Networks;

namespace Fairway.Engine.Planner;

/// <summary>Plans networks. Gateway addresses are the host vNIC's, where there is one, and the resolver's.</summary>
internal sealed class NetworkPlanner(LinkNames names)
{
    public NetworkPlan Plan(Network network)
    {
        var spec = network.Spec;
        return new NetworkPlan
        {
            Id = spec.Id,
            Number = network.Number,
            Name = spec.Name,
            Type = spec.Type,
            HostLink = spec.HasHostPort ? names.Network(spec) : null,
            GatewayMac = GatewayMac(spec),
            Mtu = network.Mtu,
            Gateways = spec.Traits.HasGateway
                ? [.. from subnet in spec.Subnets
                   where subnet.Gateway is not null
                   select new EndpointAddress(subnet.Gateway!, subnet.Prefix.PrefixLength)]
                : [],
            Subnets = [.. spec.Subnets.Select(subnet => subnet.Prefix)],
            Uplink = spec.Traits.HasUplink ? spec.Uplink : null,
            Vlan = (ushort)(spec.Vlan ?? 0),
            NextHops = spec.Traits.IsHairpin
                ? [.. from subnet in spec.Subnets
                   where subnet.Gateway is not null
                   group new EndpointAddress(subnet.Gateway!, subnet.Prefix.PrefixLength) by subnet.Prefix.Family into family
                   select family.First()]
                : [],
            Tunnel = spec.Traits.IsEncapsulated
                ? new TunnelPlan((spec.Overlay ?? OverlaySpec.Default).UdpPort, [.. spec.Subnets.Select(subnet => subnet.VirtualSubnet!.Value).Distinct()])
                : null,
            HasHostRoute = spec.Overlay is { HostRoute: true },
        };
    }

    /// <summary>The MAC gateways answer with: the one asked for, else one made from the network's id.</summary>
    public static MacAddress GatewayMac(NetworkSpec spec) => spec.Overlay?.RouterMac ?? DerivedMac.Gateway(spec.Id);
}
