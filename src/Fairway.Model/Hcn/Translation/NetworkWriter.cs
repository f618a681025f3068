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
            Policies = Policies(spec, received, policies),
            MacPool = MacPool(spec.MacPool, received.MacPool),
            Dns = DnsTranslation.ToDocument(spec.Dns, received.Dns),
            Ipams = Ipams(spec.Subnets, received.Ipams ?? []),
            Flags = received.Flags ?? NetworkFlags.None,
            AdditionalParams = spec.Mtu is { } mtu ? AdditionalParams.With(received.AdditionalParams, new NetworkAdditionalParams { Mtu = mtu }) : received.AdditionalParams,
            Health = HealthTranslation.Healthy(received.Health),
            SchemaVersion = SchemaVersions.Answer(asked, received.SchemaVersion),
        };
    }

    private static IReadOnlyList<NetworkPolicy>? Policies(NetworkSpec spec, HostComputeNetwork received, PolicySet policies)
    {
        IReadOnlyList<NetworkPolicy> all = [.. received.Policies ?? [], .. OverlayPolicies.Of(spec.Overlay), .. AclPolicies.OfNetwork(policies)];
        return all.Count == 0 && received.Policies is null ? null : all;
    }

    // A document without subnets had them chosen; one with subnets has the same ones in the same order.
    private static IReadOnlyList<Ipam> Ipams(ImmutableArray<SubnetSpec> subnets, IReadOnlyList<Ipam> received)
    {
        if (received.Sum(ipam => ipam.Subnets?.Count ?? 0) != subnets.Length)
            return subnets is [] ? [] : [new Ipam { Type = IpamType.Static, Subnets = [.. subnets.Select(subnet => Subnet(subnet, new HcnSubnet()))] }];
        var next = 0;
        return
        [
            .. received.Select(ipam => ipam with
            {
                Type = ipam.Type ?? IpamType.Static,
                Subnets = [.. (ipam.Subnets ?? []).Select(subnet => Subnet(subnets[next++], subnet))],
            }),
        ];
    }

    private static MacPool? MacPool(ImmutableArray<Addressing.MacRange> pool, MacPool? received) => received ?? (pool is [] ? null : new MacPool
    {
        Ranges = [.. pool.Select(range => new MacRange { StartMacAddress = range.First.ToHcnString(), EndMacAddress = range.Last.ToHcnString() })],
    });

    private static HcnSubnet Subnet(SubnetSpec subnet, HcnSubnet received) => received with
    {
        IpAddressPrefix = subnet.Prefix.ToString(),
        Policies = received.Policies is { Count: > 0 } || subnet.VirtualSubnet is null ? received.Policies : [OverlayPolicies.Policy(subnet.VirtualSubnet.Value)],
        Routes = received.Routes is { Count: > 0 } || subnet.Gateway is null ? received.Routes : [DefaultRoute(subnet.Gateway)],
    };

    public static HcnRoute DefaultRoute(IPAddress gateway) => new()
    {
        NextHop = gateway.ToString(),
        DestinationPrefix = gateway.AddressFamily == AddressFamily.InterNetworkV6 ? "::/0" : "0.0.0.0/0",
    };
}
