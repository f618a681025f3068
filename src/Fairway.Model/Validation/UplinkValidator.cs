using Fairway.Model.Errors;
using Fairway.Model.Names;
using Fairway.Model.Networks;

namespace Fairway.Model.Validation;

/// <summary>The uplink of a network, its VLAN, and what types with one ask of subnets.</summary>
internal static class UplinkValidator
{
    /// <summary>Largest VLAN; 4095 is reserved (IEEE 802.1Q).</summary>
    public const int MaximumVlan = 4094;

    public static void Validate(NetworkSpec spec, FindingCollector findings)
    {
        if (spec.Dhcp && spec.Traits is not { HasUplink: true, HasOneMac: false })
            findings.At("Dhcp").Add($"a network of type {spec.Type} has no addresses by DHCP, which needs a MAC for each endpoint; leave it out, or use type Transparent", HcnErrorCode.RequestUnsupported);
        if (!spec.Traits.HasUplink)
        {
            if (spec.Uplink is not null)
                findings.At("Uplink").Add($"a network of type {spec.Type} has no uplink; leave it out, or use type Transparent or L2Bridge", HcnErrorCode.InvalidNetwork);
            if (spec.UplinkIndex is not null)
                findings.At("UplinkIndex").Add($"a network of type {spec.Type} has no uplink; leave it out, or use type Transparent or L2Bridge", HcnErrorCode.InvalidNetwork);
            if (spec.Vlan is not null)
                findings.At("Vlan").Add($"a network of type {spec.Type} has no VLAN; leave it out, or use type Transparent or L2Bridge", HcnErrorCode.InvalidNetwork);
            return;
        }
        if (spec.Uplink is not null) findings.At("Uplink").AddIf(InterfaceName.Check(spec.Uplink), HcnErrorCode.InvalidNetwork);
        findings.At("Vlan").AddIf(CheckVlan(spec), HcnErrorCode.InvalidNetwork);
        if (spec.HostLink is not null)
            findings.At("HostLink").Add($"a network of type {spec.Type} has no interface on the host but its uplink; leave the name out", HcnErrorCode.InvalidNetwork);
        if (spec is { Dhcp: true, Subnets: not [] })
            findings.At("Subnets").Add("a network with addresses by DHCP has the subnets of its server; leave subnets or DHCP out", HcnErrorCode.InvalidSubnet);
        if (spec is { Dhcp: false, Subnets: [] })
            findings.At("Subnets").Add($"a network of type {spec.Type} has the addresses of a LAN, which cannot be chosen here; give its subnets, or have a DHCP server give addresses", HcnErrorCode.InvalidSubnet);
        for (var i = 0; i < spec.Subnets.Length; i++)
            if (spec.Traits.IsHairpin && spec.Subnets[i].Gateway is null)
                findings.At("Subnets", i).At("Gateway").Add($"subnet {spec.Subnets[i].Prefix} has no gateway, to which an L2Tunnel network sends everything; give it", HcnErrorCode.InvalidSubnet);
    }

    private static string? CheckVlan(NetworkSpec spec)
    {
        if (spec.Vlan is not { } vlan) return null;
        if (vlan is < 1 or > MaximumVlan) return $"VLAN {vlan} is out of range; use 1 to {MaximumVlan}, or leave it out";
        // The host resolves the next hop, and it is not on the VLAN.
        return spec.Traits.IsHairpin ? $"a network of type {spec.Type} has no VLAN; leave it out, or use type L2Bridge" : null;
    }
}
