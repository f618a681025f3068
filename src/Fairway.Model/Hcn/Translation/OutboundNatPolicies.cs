using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Translation;

/// <summary>OutBoundNAT policies and translation of ours. A policy is of one family: IPv6 with the flag or an IPv6 VirtualIP, else IPv4.</summary>
internal static class OutboundNatPolicies
{
    public static OutboundNat? Read(JsonElement? settings, FindingCollector findings)
    {
        if (HcnJson.ReadElement<OutboundNatPolicySetting>(settings, findings) is not { } policy) return null;
        Refusals.Flags(policy.Flags, NatFlags.IPv6, findings.At("Flags"));
        IPAddress? address = null;
        if (policy.VirtualIP is { Length: > 0 } text && !AddressText.TryParse(text, out address, out var error))
            findings.At("VirtualIP").Add(error, HcnErrorCode.InvalidIp);
        return new OutboundNat
        {
            IPv6 = policy.Flags is { } flags && flags.HasFlag(NatFlags.IPv6) || address?.AddressFamily == AddressFamily.InterNetworkV6,
            VirtualAddress = address,
            Destinations = Prefixes(policy.Destinations, "Destinations", findings),
            Exceptions = Prefixes(policy.Exceptions, "Exceptions", findings),
            MaxPortPoolUsage = policy.MaxPortPoolUsage is 0 ? null : policy.MaxPortPoolUsage,
        };
    }

    /// <summary>States where a translation came from.</summary>
    /// <param name="paths">Is told.</param>
    /// <param name="setting">Which of the spec's translations it is.</param>
    /// <param name="policy">Which of the policies it was.</param>
    /// <param name="root">JSON path of the object that holds the policies.</param>
    public static void Origins(PathMap paths, int setting, int policy, string root = "$")
    {
        var (spec, document) = ($"$.OutboundNat[{setting}]", $"{root}.Policies[{policy}].Settings");
        paths.Add(spec, document);
        paths.Add($"{spec}.VirtualAddress", $"{document}.VirtualIP");
    }

    public static EndpointPolicy Write(OutboundNat setting) => new() { Type = EndpointPolicyType.OutBoundNAT, Settings = Settings(setting) };

    /// <summary>Those of a network, as they were sent where they are still the same.</summary>
    public static IEnumerable<NetworkPolicy> OfNetwork(ImmutableArray<OutboundNat> settings, IReadOnlyList<NetworkPolicy> received)
    {
        var nowhere = new FindingCollector();
        return settings.Select(setting => received.FirstOrDefault(policy => policy.Type == NetworkPolicyType.OutBoundNAT && setting.Equals(Read(policy.Settings, nowhere)))
            ?? new NetworkPolicy { Type = NetworkPolicyType.OutBoundNAT, Settings = Settings(setting) });
    }

    private static JsonElement Settings(OutboundNat setting) => HcnJson.ToElement(new OutboundNatPolicySetting
    {
        VirtualIP = setting.VirtualAddress?.ToString(),
        Destinations = setting.Destinations is [] ? null : [.. setting.Destinations.Select(prefix => prefix.ToString())],
        Exceptions = setting.Exceptions is [] ? null : [.. setting.Exceptions.Select(prefix => prefix.ToString())],
        Flags = setting.IPv6 ? NatFlags.IPv6 : NatFlags.None,
        MaxPortPoolUsage = (ushort?)setting.MaxPortPoolUsage,
    });

    private static ImmutableArray<IPNetwork> Prefixes(IReadOnlyList<string>? texts, string member, FindingCollector findings)
    {
        var prefixes = ImmutableArray.CreateBuilder<IPNetwork>();
        for (var i = 0; i < (texts?.Count ?? 0); i++)
        {
            if (PrefixText.TryParse(texts![i], out var prefix, out var error)) prefixes.Add(prefix);
            else findings.At(member, i).Add(error, HcnErrorCode.InvalidPrefix);
        }
        return prefixes.ToImmutable();
    }
}
