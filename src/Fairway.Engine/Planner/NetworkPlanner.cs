using Fairway.Engine.Plan;
using Fairway.Model.Endpoints;
using Fairway.Model.Networks;

namespace Fairway.Engine.Planner;

/// <summary>Plans networks. A private one has no host vNIC, so nothing carries its gateway addresses.</summary>
internal sealed class NetworkPlanner(LinkNames names)
{
    public NetworkPlan Plan(Network network)
    {
        var spec = network.Spec;
        var hasHostPort = spec.Type != NetworkType.Private;
        return new NetworkPlan
        {
            Id = spec.Id,
            Number = network.Number,
            Name = spec.Name,
            Type = spec.Type,
            HostLink = hasHostPort ? names.Network(spec) : null,
            GatewayMac = DerivedMac.Gateway(spec.Id),
            Mtu = network.Mtu,
            Gateways = hasHostPort
                ? [.. from subnet in spec.Subnets
                   where subnet.Gateway is not null
                   select new EndpointAddress(subnet.Gateway!, subnet.Prefix.PrefixLength)]
                : [],
            Subnets = [.. spec.Subnets.Select(subnet => subnet.Prefix)],
        };
    }
}
