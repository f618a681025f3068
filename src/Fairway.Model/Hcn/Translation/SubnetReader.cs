using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Fairway.Model.Addressing;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Networks;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Translation;

/// <summary>Reads the subnets of one network, of its document or of a request to change it.</summary>
/// <param name="type">The network's type.</param>
/// <param name="network">Its id; zero when it is not chosen yet.</param>
/// <param name="vlan">The VLAN its subnets are on already, or null.</param>
/// <param name="paths">Where origins are stated.</param>
internal sealed class SubnetReader(NetworkType type, Guid network, int? vlan, PathMap paths)
{
    private readonly NetworkTraits _traits = NetworkTraits.Of(type);

    /// <summary>The VLAN all subnets are on, as far as they were read; null for none.</summary>
    public int? Vlan { get; private set; } = vlan;

    /// <summary>Reads the VLAN of a subnet of which nothing else is known here, because a DHCP server has it.</summary>
    public void ReadVlan(HcnSubnet subnet, string path, FindingCollector here) => Vlan = UplinkPolicies.Vlan(subnet, Vlan, path, paths, here);

    /// <summary>Reads a subnet; null when there is a finding about its prefix.</summary>
    /// <param name="subnet">The document.</param>
    /// <param name="here">At the subnet.</param>
    /// <param name="path">Its JSON path.</param>
    /// <param name="index">Which of the spec's subnets it becomes.</param>
    public SubnetSpec? Read(HcnSubnet subnet, FindingCollector here, string path, int index)
    {
        Refusals.Flags(subnet.Flags, SubnetFlags.None, here.At("Flags"));
        uint? virtualSubnet = null;
        if (_traits.IsEncapsulated)
            virtualSubnet = OverlayPolicies.VirtualSubnet(subnet, here);
        else
            ReadVlan(subnet, path, here);
        var gateway = Gateway(subnet, here, path, index);
        if (!PrefixText.TryParse(subnet.IpAddressPrefix, out var prefix, out var error))
        {
            here.At("IpAddressPrefix").Add(subnet.IpAddressPrefix is null or "" ? "the subnet has no prefix; give one, or leave Ipams out to have one chosen" : error, HcnErrorCode.InvalidPrefix);
            return null;
        }
        var spec = $"$.Subnets[{index}]";
        paths.Add(spec, path);
        paths.Add($"{spec}.Id", $"{path}.ID");
        paths.Add($"{spec}.Prefix", $"{path}.IpAddressPrefix");
        paths.Add($"{spec}.VirtualSubnet", $"{path}.Policies");
        return new SubnetSpec(prefix, gateway)
        {
            Id = IdOf(subnet.Id, SubnetIdentity.Of(network, new SubnetSpec(prefix))),
            VirtualSubnet = virtualSubnet,
            Routes = SubnetRoutes.Read(subnet, gateway, _traits, paths, (spec, path), here),
            Parts = Parts(prefix, subnet.IpSubnets ?? [], here, (spec, path), 0),
        };
    }

    /// <summary>Reads parts of a subnet.</summary>
    /// <param name="subnet">Prefix of the subnet.</param>
    /// <param name="parts">The documents.</param>
    /// <param name="here">At the object that holds them.</param>
    /// <param name="origin">JSON path of the subnet in the spec, and of that object.</param>
    /// <param name="first">Which of the subnet's parts the first of them becomes.</param>
    public ImmutableArray<SubnetPart> Parts(IPNetwork subnet, IReadOnlyList<IpSubnet> parts, FindingCollector here, (string Spec, string Document) origin, int first)
    {
        var read = ImmutableArray.CreateBuilder<SubnetPart>();
        for (var i = 0; i < parts.Count; i++)
        {
            var place = here.At("IpSubnets", i);
            Refusals.Flags(parts[i].Flags, IPSubnetFlags.ReserveNetworkAddress, place.At("Flags"), FlagReason);
            if (!PrefixText.TryParse(parts[i].IpAddressPrefix, out var prefix, out var error))
            {
                place.At("IpAddressPrefix").Add(parts[i].IpAddressPrefix is null or "" ? "the part has no prefix; give one inside its subnet" : error, HcnErrorCode.InvalidPrefix);
                continue;
            }
            var (spec, document) = ($"{origin.Spec}.Parts[{first + read.Count}]", $"{origin.Document}.IpSubnets[{i}]");
            paths.Add(spec, document);
            paths.Add($"{spec}.Id", $"{document}.ID");
            paths.Add($"{spec}.Prefix", $"{document}.IpAddressPrefix");
            read.Add(new SubnetPart(prefix) { Id = IdOf(parts[i].Id, SubnetIdentity.Of(network, subnet, new SubnetPart(prefix))), ReservesFirst = (parts[i].Flags ?? IPSubnetFlags.None).HasFlag(IPSubnetFlags.ReserveNetworkAddress) });
        }
        return read.ToImmutable();
    }

    private static string? FlagReason(IPSubnetFlags flag) => flag == IPSubnetFlags.EnableBroadcast
        ? "is not honoured by this release, whose networks carry broadcasts to all endpoints of a LAN or to none; leave it out"
        : null;

    /// <summary>What a document was told of an id that nobody gave, it says when it is sent again.</summary>
    private static Guid? IdOf(Guid? given, Guid derived) => given == Guid.Empty || given == derived ? null : given;

    private IPAddress? Gateway(HcnSubnet subnet, FindingCollector here, string path, int index)
    {
        IPAddress? gateway = null;
        for (var i = 0; i < (subnet.Routes?.Count ?? 0); i++)
        {
            var route = subnet.Routes![i];
            var place = here.At("Routes", i);
            if (!Refusals.IsDefault(route)) continue;
            Refusals.Metric(route, place);
            if (!AddressText.TryParse(route.NextHop, out var address, out var error))
                place.At("NextHop").Add(route.NextHop is null or "" ? "the default route has no next hop; give the gateway's address" : error, HcnErrorCode.InvalidIp);
            else if ((address.AddressFamily == AddressFamily.InterNetworkV6) != route.DestinationPrefix!.Contains(':'))
                place.At("NextHop").Add($"next hop {address} is of another family than {route.DestinationPrefix}; use an address of the same family", HcnErrorCode.InvalidIp);
            else if (gateway is not null && !gateway.Equals(address))
                place.Add($"gateway {address} is the subnet's second one; a subnet has one gateway, here {gateway}", HcnErrorCode.InvalidSubnet);
            else
            {
                gateway = address;
                paths.Add($"$.Subnets[{index}].Gateway", $"{path}.Routes[{i}].NextHop");
            }
        }
        return gateway;
    }
}
