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
        IReadOnlyList<NetworkPolicy> all =
        [
            .. (received ?? []).Where(policy => policy.Type != NetworkPolicyType.OutBoundNAT), .. UplinkPolicies.Write(spec, received), .. OverlayPolicies.Of(spec.Overlay),
            .. OutboundNatPolicies.OfNetwork(spec.OutboundNat, received ?? []), .. AclPolicies.OfNetwork(rules),
        ];
        return received is null && all is [] ? null : all;
    }

    // Subnets come and go: in a document with several Ipams those that are still there stand where they stood, the others behind the last of them.
    private static IReadOnlyList<Ipam> Ipams(NetworkSpec spec, IReadOnlyList<Ipam> received)
    {
        if (spec.Dhcp)
            return received.Any(ipam => ipam.Type == IpamType.Dhcp) ? received : [new Ipam { Type = IpamType.Dhcp, Subnets = spec.Vlan is null ? null : [new HcnSubnet { Policies = UplinkPolicies.Write(spec.Vlan, null) }] }];
        var sent = received.Where(ipam => ipam.Subnets is { Count: > 0 }).ToList();
        if (spec.Subnets is []) return [];
        if (sent.Count <= 1)
        {
            var known = sent.Count == 1 ? sent[0] : new Ipam();
            return [known with { Type = known.Type ?? IpamType.Static, Subnets = [.. spec.Subnets.Select(subnet => SubnetWriter.Write(spec, subnet, Find(known.Subnets ?? [], subnet) ?? new HcnSubnet()))] }];
        }
        var left = spec.Subnets.Where(subnet => !sent.Any(ipam => Find(ipam.Subnets!, subnet) is not null)).Select(subnet => SubnetWriter.Write(spec, subnet, new HcnSubnet()));
        var written = sent.Select(ipam => ipam with { Type = ipam.Type ?? IpamType.Static, Subnets = [.. Known(spec, ipam.Subnets!)] }).Where(ipam => ipam.Subnets is { Count: > 0 }).ToList();
        if (written.Count == 0) return [new Ipam { Type = IpamType.Static, Subnets = [.. left] }];
        return [.. written[..^1], written[^1] with { Subnets = [.. written[^1].Subnets!, .. left] }];
    }

    private static IEnumerable<HcnSubnet> Known(NetworkSpec spec, IReadOnlyList<HcnSubnet> sent) =>
        from document in sent
        from subnet in spec.Subnets
        where IsOf(document, subnet)
        select SubnetWriter.Write(spec, subnet, document);

    private static HcnSubnet? Find(IReadOnlyList<HcnSubnet> sent, SubnetSpec subnet) => sent.FirstOrDefault(document => IsOf(document, subnet));

    private static bool IsOf(HcnSubnet document, SubnetSpec subnet) => IPNetwork.TryParse(document.IpAddressPrefix, out var prefix) && prefix.Equals(subnet.Prefix);

    private static MacPool? MacPool(ImmutableArray<Addressing.MacRange> pool, MacPool? received) => received ?? (pool is [] ? null : new MacPool
    {
        Ranges = [.. pool.Select(range => new MacRange { StartMacAddress = range.First.ToHcnString(), EndMacAddress = range.Last.ToHcnString() })],
    });

    public static HcnRoute DefaultRoute(IPAddress gateway) => new()
    {
        NextHop = gateway.ToString(),
        DestinationPrefix = gateway.AddressFamily == AddressFamily.InterNetworkV6 ? "::/0" : "0.0.0.0/0",
    };
}
