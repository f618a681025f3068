using Fairway.Model.Hcn.Networks;
using Fairway.Model.Networks;

namespace Fairway.Model.Hcn.Translation;

/// <summary>A subnet of a stored network on its way to its document: as received, completed by what was allocated and changed.</summary>
internal static class SubnetWriter
{
    public static HcnSubnet Write(NetworkSpec network, SubnetSpec subnet, HcnSubnet received) => received with
    {
        Id = SubnetIdentity.Of(network.Id, subnet),
        Policies = received.Policies is null && subnet.VirtualSubnet is { } id ? [OverlayPolicies.Policy(id)] : UplinkPolicies.Write(network.Vlan, received.Policies),
        IpAddressPrefix = subnet.Prefix.ToString(),
        Routes = received.Routes is { Count: > 0 } ? received.Routes : Routes(subnet) is { Count: > 0 } routes ? routes : received.Routes,
        IpSubnets = subnet.Parts is [] && received.IpSubnets is null or { Count: 0 } ? received.IpSubnets : [.. subnet.Parts.Select(part => Part(network, subnet, part, received.IpSubnets ?? []))],
    };

    private static IpSubnet Part(NetworkSpec network, SubnetSpec subnet, SubnetPart part, IReadOnlyList<IpSubnet> received)
    {
        var text = part.Prefix.ToString();
        return (received.FirstOrDefault(sent => sent.IpAddressPrefix == text) ?? new IpSubnet()) with
        {
            Id = SubnetIdentity.Of(network.Id, subnet.Prefix, part),
            IpAddressPrefix = text,
            Flags = part.ReservesFirst ? IPSubnetFlags.ReserveNetworkAddress : IPSubnetFlags.None,
        };
    }

    private static List<HcnRoute> Routes(SubnetSpec subnet) =>
    [
        .. subnet.Gateway is null ? [] : (HcnRoute[])[NetworkWriter.DefaultRoute(subnet.Gateway)],
        .. subnet.Routes.Select(route => new HcnRoute { NextHop = route.NextHop.ToString(), DestinationPrefix = route.Destination.ToString() }),
    ];
}
