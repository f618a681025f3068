using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Networks;

namespace Fairway.Model.Validation;

/// <summary>Translation of an endpoint's own.</summary>
public static class OutboundNatValidator
{
    /// <summary>Prefixes of one list.</summary>
    public const int MostPrefixes = 256;

    /// <summary>Adds what is wrong with settings on a network.</summary>
    public static void Validate(ImmutableArray<OutboundNat> settings, NetworkSpec network, FindingCollector findings)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(findings);
        if (settings is [] || network.Traits.IsTranslated || network.Traits.IsEncapsulated || network.Traits is { HasOneMac: true, IsHairpin: false } && network.Vlan is null)
            return;
        findings.At("OutboundNat", 0).Add(network.Vlan is not null
            ? $"network '{network.Name}' is on VLAN {network.Vlan}, whose packets are not translated; leave the policy out"
            : $"network '{network.Name}' is {network.Type.ToString().ToLowerInvariant()}, and its endpoints' packets are not translated; use one of type Nat, Overlay or L2Bridge", HcnErrorCode.InvalidPolicy);
    }

    internal static void Validate(ImmutableArray<OutboundNat> settings, FindingCollector findings)
    {
        for (var i = 0; i < settings.Length; i++)
        {
            var here = findings.At("OutboundNat", i);
            if (settings.Take(i).Any(other => other.IPv6 == settings[i].IPv6))
                here.Add($"translation of {Text(FamilyOf(settings[i]))} is given twice; give it once for each family", HcnErrorCode.PolicyAlreadyExists);
            Validate(settings[i], here);
        }
    }

    private static void Validate(OutboundNat setting, FindingCollector here)
    {
        here.At("VirtualAddress").AddIf(setting.VirtualAddress is { } address ? CheckAddress(address, FamilyOf(setting)) : null, HcnErrorCode.InvalidIp);
        Prefixes("Destinations", setting.Destinations, FamilyOf(setting), here);
        Prefixes("Exceptions", setting.Exceptions, FamilyOf(setting), here);
        for (var i = 0; i < setting.Exceptions.Length; i++)
            if (setting.Destinations.Contains(setting.Exceptions[i]))
                here.At("Exceptions", i).Add($"{setting.Exceptions[i]} is a destination too; say one of both", HcnErrorCode.InvalidPolicy);
        if (setting.MaxPortPoolUsage is < 1 or > 100)
            here.At("MaxPortPoolUsage").Add($"{setting.MaxPortPoolUsage} percent of the translation ports are out of range; use 1 to 100", HcnErrorCode.InvalidPolicy);
    }

    private static void Prefixes(string member, ImmutableArray<IPNetwork> prefixes, AddressFamily family, FindingCollector here)
    {
        if (prefixes.Length > MostPrefixes)
            here.At(member).Add($"{prefixes.Length} prefixes are too many; give at most {MostPrefixes}", HcnErrorCode.InvalidPolicy);
        for (var i = 0; i < prefixes.Length; i++)
        {
            if (prefixes[i].Family != family)
                here.At(member, i).Add($"{prefixes[i]} is not {Text(family)}, of which the policy is; {Other(family)}", HcnErrorCode.InvalidPrefix);
            else if (prefixes.Take(i).Contains(prefixes[i]))
                here.At(member, i).Add($"{prefixes[i]} is given twice; give it once", HcnErrorCode.InvalidPrefix);
        }
    }

    private static string? CheckAddress(IPAddress address, AddressFamily family)
    {
        if (address.AddressFamily != family)
            return $"address {address} is not {Text(family)}, of which the policy is; {Other(family)}";
        return ReservedPrefixes.Holding(address) is { } reserved ? $"nothing leaves with address {address}, which belongs to {reserved}; use an address of the host, or one routed to it" : null;
    }

    private static AddressFamily FamilyOf(OutboundNat setting) => setting.IPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;

    private static string Text(AddressFamily family) => family == AddressFamily.InterNetwork ? "IPv4" : "IPv6";

    private static string Other(AddressFamily family) => family == AddressFamily.InterNetwork ? "give a second policy with the flag IPv6 (2)" : "give a second policy without the flag IPv6 (2)";
}
