using System.Net;
using Fairway.Model.Addressing;
using Fairway.Model.Errors;
using Fairway.Model.Networks;

namespace Fairway.Model.Validation;

/// <summary>What an overlay network has besides, and that other networks have none of it.</summary>
internal static class OverlayValidator
{
    public static void Validate(NetworkSpec spec, FindingCollector findings)
    {
        for (var i = 0; i < spec.Subnets.Length; i++)
            findings.At("Subnets", i).At("VirtualSubnet").AddIf(CheckSubnet(spec, spec.Subnets[i]), HcnErrorCode.InvalidPolicy);
        if (!spec.Traits.IsEncapsulated)
        {
            if (spec.Overlay is not null)
                findings.At("Overlay").Add($"a network of type {spec.Type} does not travel to other hosts; leave the settings out or use type Overlay", HcnErrorCode.InvalidPolicyType);
            return;
        }
        if (spec.Subnets is [])
            findings.At("Subnets").Add("an overlay network has its subnets in common with other hosts; give them, each with its virtual subnet id", HcnErrorCode.InvalidSubnet);
        if (spec.Overlay is { } overlay)
            Validate(overlay, findings.At("Overlay"));
    }

    /// <summary>Whether another host can have an address, and why not.</summary>
    public static string? CheckProvider(IPAddress address) => ReservedPrefixes.Holding(address) is { } reserved
        ? $"provider address {address} belongs to {reserved}; use an address by which the other host is reached"
        : null;

    private static void Validate(OverlaySpec overlay, FindingCollector findings)
    {
        if (overlay.Port < OverlaySpec.FirstPort)
            findings.At("Port").Add($"UDP port {overlay.Port} cannot be used; use {OverlaySpec.FirstPort} to 65535, {OverlaySpec.DefaultPort} when in doubt", HcnErrorCode.InvalidPolicy);
        if (overlay.ProviderAddress is { } provider)
            findings.At("ProviderAddress").AddIf(CheckProvider(provider), HcnErrorCode.InvalidPolicy);
        if (overlay.RouterMac is { } mac)
            findings.At("RouterMac").AddIf(CheckMac(mac), HcnErrorCode.InvalidPolicy);
        for (var i = 0; i < overlay.RemoteSubnets.Length; i++)
        {
            var remote = overlay.RemoteSubnets[i];
            var here = findings.At("RemoteSubnets", i);
            if (remote.Prefix.PrefixLength > 0 && ReservedPrefixes.Touching(remote.Prefix) is { } reserved)
                here.At("Prefix").Add($"subnet {remote.Prefix} contains addresses of {reserved}; choose another prefix", HcnErrorCode.InvalidPolicy);
            if (overlay.RemoteSubnets.AsSpan(0, i).ToArray().Any(earlier => earlier.Prefix.Equals(remote.Prefix)))
                here.At("Prefix").Add($"subnet {remote.Prefix} is on another host already; remove that first", HcnErrorCode.PolicyAlreadyExists);
            here.At("VirtualSubnet").AddIf(CheckId(remote.VirtualSubnet), HcnErrorCode.InvalidPolicy);
            here.At("ProviderAddress").AddIf(CheckProvider(remote.ProviderAddress), HcnErrorCode.InvalidPolicy);
            here.At("RouterMac").AddIf(CheckMac(remote.RouterMac), HcnErrorCode.InvalidPolicy);
        }
    }

    private static string? CheckSubnet(NetworkSpec spec, SubnetSpec subnet) => (spec.Traits.IsEncapsulated, subnet.VirtualSubnet) switch
    {
        (true, null) => $"subnet {subnet.Prefix} has no virtual subnet id; give one from {OverlaySpec.FirstVirtualSubnet} to {OverlaySpec.LastVirtualSubnet}",
        (true, { } id) => CheckId(id),
        (false, not null) => $"subnets of a network of type {spec.Type} have no virtual subnet id; leave it out or use type Overlay",
        _ => null,
    };

    private static string? CheckId(uint id) => id is >= OverlaySpec.FirstVirtualSubnet and <= OverlaySpec.LastVirtualSubnet
        ? null
        : $"virtual subnet id {id} is out of range; use {OverlaySpec.FirstVirtualSubnet} to {OverlaySpec.LastVirtualSubnet}";

    private static string? CheckMac(MacAddress mac) => mac.IsUnicast ? null : $"MAC {mac} is no station's; use a unicast one, for example 02:15:5d:01:02:03";
}
