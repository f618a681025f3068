using System.Collections.Immutable;
using System.Net.Sockets;
using Fairway.Model.Addressing;
using Fairway.Model.Errors;
using Fairway.Model.Names;
using Fairway.Model.Networks;

namespace Fairway.Model.Validation;

/// <summary>What can be said about a network's spec without looking at the host or at other networks.</summary>
public static class NetworkSpecValidator
{
    /// <summary>Smallest MTU of a network with IPv6, in bytes (RFC 8200, 5).</summary>
    public const int MinimumMtu = 1280;

    /// <summary>Smallest MTU of a network whose subnets are all IPv4, in bytes: what every host can take whole (RFC 1122, 3.3.2).</summary>
    public const int MinimumMtuV4 = 576;

    /// <summary>Largest MTU, in bytes: the largest IPv4 packet.</summary>
    public const int MaximumMtu = 65535;

    /// <summary>Most subnets a network can have.</summary>
    public const int MaximumSubnets = 8;

    /// <summary>Everything wrong with a spec; empty when nothing is.</summary>
    public static ImmutableArray<Finding> Validate(NetworkSpec spec)
    {
        var findings = new FindingCollector();
        Validate(spec, findings);
        return findings.Findings;
    }

    /// <summary>Adds everything wrong with a spec.</summary>
    public static void Validate(NetworkSpec spec, FindingCollector findings)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(findings);
        findings.At("Name").AddIf(ResourceName.Check(spec.Name), HcnErrorCode.InvalidNetwork);
        if (spec.HostLink is not null) findings.At("HostLink").AddIf(InterfaceName.Check(spec.HostLink), HcnErrorCode.InvalidNetwork);
        findings.At("Type").AddIf(CheckType(spec.Type), HcnErrorCode.InvalidNetworkType);
        findings.At("Mtu").AddIf(CheckMtu(spec), HcnErrorCode.InvalidNetwork);
        SubnetValidator.Validate(spec, findings);
        OverlayValidator.Validate(spec, findings);
        UplinkValidator.Validate(spec, findings);
        OutboundNatValidator.Validate(spec.OutboundNat, findings);
        OutboundNatValidator.Validate(spec.OutboundNat, spec, findings);
        MacPoolValidator.Validate(spec.MacPool, findings);
        DnsSettingsValidator.Validate(spec.Dns, findings.At("Dns"));
    }

    private static string? CheckType(NetworkType type) => NetworkTraits.Of(type).IsOffered
        ? null
        : $"networks of type {type} do not exist in this release; use {NetworkTraits.Offered}";

    private static string? CheckMtu(NetworkSpec spec)
    {
        // Without subnets the network takes one of each family from the host's pools.
        var v4Only = spec.Subnets is not [] && spec.Subnets.All(subnet => subnet.Prefix.Family == AddressFamily.InterNetwork);
        var minimum = v4Only ? MinimumMtuV4 : MinimumMtu;
        return spec.Mtu is not { } mtu || mtu >= minimum && mtu <= MaximumMtu
            ? null
            : $"an MTU of {mtu} bytes is out of range; use {minimum} to {MaximumMtu}{(v4Only ? "" : " (IPv6 needs 1280)")}, or leave it out to follow the uplink";
    }
}
