using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Networks;
using Fairway.Model.Policies;

namespace Fairway.Model.Hcn.Translation;

/// <summary>A stored network on its way to a HostComputeNetwork: the document as received, completed by what was allocated.</summary>
internal static class NetworkWriter
{
    public static HostComputeNetwork Write(Network network, PolicySet policies, SchemaVersion? asked)
    {
        var spec = network.Spec;
        var received = spec.Document is { } json ? HcnJson.ReadStored<HostComputeNetwork>(json) : new HostComputeNetwork();
        return received with
        {
            Id = spec.Id,
            Name = spec.Name,
            Type = NetworkModes.FromType(spec.Type),
            Policies = Policies(spec, policies, received.Policies),
            MacPool = MacPool(spec.MacPool, received.MacPool),
            Dns = DnsTranslation.ToDocument(spec.Dns, received.Dns),
            Ipams = Ipams(spec, received.Ipams ?? []),
            Flags = received.Flags ?? NetworkFlags.None,
            AdditionalParams = spec.Mtu is { } mtu ? AdditionalParams.With(received.AdditionalParams, new NetworkAdditionalParams { Mtu = mtu }) : received.AdditionalParams,
            Health = HealthTranslation.Healthy(received.Health),
            SchemaVersion = SchemaVersions.Answer(asked, received.SchemaVersion),
        };
    }

    private static IReadOnlyList<NetworkPolicy>? Policies(NetworkSpec spec, PolicySet rules, IReadOnlyList<NetworkPolicy>? received)
    {
        IReadOnlyList<NetworkPolicy> all = [.. received ?? [], .. UplinkPolicies.Write(spec, received), .. OverlayPolicies.Of(spec.Overlay), .. AclPolicies.OfNetwork(rules)];
        return received is null && all is [] ? null : all;
    }

    // A document without subnets had them chosen; one with subnets has the same ones in the same order.
    private static IReadOnlyList<Ipam> Ipams(NetworkSpec spec, IReadOnlyList<Ipam> received)
    {
        var subnets = spec.Subnets;
        if (spec.Dhcp)
            return received.Any(ipam => ipam.Type == IpamType.Dhcp) ? received : [new Ipam { Type = IpamType.Dhcp, Subnets = spec.Vlan is null ? null : [new HcnSubnet { Policies = UplinkPolicies.Write(spec.Vlan, null) }] }];
        if (received.Sum(ipam => ipam.Subnets?.Count ?? 0) != subnets.Length)
            return subnets is [] ? [] : [new Ipam { Type = IpamType.Static, Subnets = [.. subnets.Select(subnet => Subnet(subnet, spec.Vlan, new HcnSubnet()))] }];
        var next = 0;
        return
        [
            .. received.Select(ipam => ipam with
            {
                Type = ipam.Type ?? IpamType.Static,
                Subnets = [.. (ipam.Subnets ?? []).Select(subnet => Subnet(subnets[next++], spec.Vlan, subnet))],
            }),
        ];
    }

    private static MacPool? MacPool(ImmutableArray<Addressing.MacRange> pool, MacPool? received) => received ?? (pool is [] ? null : new MacPool
    {
        Ranges = [.. pool.Select(range => new MacRange { StartMacAddress = range.First.ToHcnString(), EndMacAddress = range.Last.ToHcnString() })],
    });

    private static HcnSubnet Subnet(SubnetSpec subnet, int? vlan, HcnSubnet received) => received with
    {
        Policies = received.Policies is null && subnet.VirtualSubnet is { } id ? [OverlayPolicies.Policy(id)] : UplinkPolicies.Write(vlan, received.Policies),
        IpAddressPrefix = subnet.Prefix.ToString(),
        Routes = received.Routes is { Count: > 0 } ? received.Routes : Routes(subnet) is { Count: > 0 } routes ? routes : received.Routes,
    };

    private static List<HcnRoute> Routes(SubnetSpec subnet) =>
    [
        .. subnet.Gateway is null ? [] : (HcnRoute[])[DefaultRoute(subnet.Gateway)],
        .. subnet.Routes.Select(route => new HcnRoute { NextHop = route.NextHop.ToString(), DestinationPrefix = route.Destination.ToString() }),
    ];

    public static HcnRoute DefaultRoute(IPAddress gateway) => new()
    {
        NextHop = gateway.ToString(),
        DestinationPrefix = gateway.AddressFamily == AddressFamily.InterNetworkV6 ? "::/0" : "0.0.0.0/0",
    };
}
