using System.Net;
using System.Text.Json;
using Fairway.Model.Addressing;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Networks;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Translation;

/// <summary>The policies only overlay networks have: VSID, VxlanPort, ProviderAddress, DrMacAddress, HostRoute, RemoteSubnetRoute.</summary>
internal static class OverlayPolicies
{
    private static readonly JsonElement s_nothing = JsonDocument.Parse("{}").RootElement.Clone();

    /// <summary>Whether a policy of a network is one of them.</summary>
    public static bool Has(NetworkPolicyType? type) => type is NetworkPolicyType.VxlanPort or NetworkPolicyType.ProviderAddress or NetworkPolicyType.DrMacAddress
        or NetworkPolicyType.HostRoute or NetworkPolicyType.RemoteSubnetRoute;

    /// <summary>Reads those among the policies of a network.</summary>
    public static OverlaySpec Read(IReadOnlyList<NetworkPolicy> policies, PathMap paths, FindingCollector findings)
    {
        var overlay = new OverlaySpec();
        var seen = new HashSet<NetworkPolicyType>();
        for (var i = 0; i < policies.Count; i++)
        {
            if (policies[i].Type is not { } type || !Has(type)) continue;
            var here = findings.At("Policies", i);
            if (type != NetworkPolicyType.RemoteSubnetRoute && !seen.Add(type))
                here.At("Type").Add($"policy {type} is given twice; give it once", HcnErrorCode.PolicyAlreadyExists);
            Trace(type, overlay, paths, $"$.Policies[{i}].Settings");
            overlay = With(overlay, type, policies[i].Settings, here.At("Settings"));
        }
        return overlay;
    }

    /// <summary>The virtual subnet id among the policies of a subnet; null when there is none, or a finding.</summary>
    public static uint? VirtualSubnet(HcnSubnet subnet, FindingCollector findings)
    {
        uint? id = null;
        for (var i = 0; i < (subnet.Policies?.Count ?? 0); i++)
        {
            var here = findings.At("Policies", i);
            if (subnet.Policies![i].Type != SubnetPolicyType.VSID)
                Refusals.Policy(subnet.Policies[i].Type, "subnets of overlays", "VSID", here);
            else if (id is not null)
                here.At("Type").Add("policy VSID is given twice; give it once", HcnErrorCode.PolicyAlreadyExists);
            else if (HcnJson.ReadElement<VsidPolicySetting>(subnet.Policies[i].Settings, here.At("Settings")) is { } settings)
                id = settings.IsolationId ?? 0;
        }
        return id;
    }

    /// <summary>All of them that an overlay network has.</summary>
    public static IEnumerable<NetworkPolicy> Of(OverlaySpec? overlay)
    {
        if (overlay is null) yield break;
        if (overlay.Port is not null)
            yield return new NetworkPolicy { Type = NetworkPolicyType.VxlanPort, Settings = HcnJson.ToElement(new VxlanPortPolicySetting { Port = overlay.Port }) };
        if (overlay.ProviderAddress is { } provider)
            yield return new NetworkPolicy { Type = NetworkPolicyType.ProviderAddress, Settings = HcnJson.ToElement(new ProviderAddressPolicySetting { ProviderAddress = provider.ToString() }) };
        if (overlay.RouterMac is { } router)
            yield return new NetworkPolicy { Type = NetworkPolicyType.DrMacAddress, Settings = HcnJson.ToElement(new DrMacAddressNetworkPolicySetting { Address = router.ToHcnString() }) };
        if (overlay.HostRoute)
            yield return new NetworkPolicy { Type = NetworkPolicyType.HostRoute, Settings = s_nothing };
        foreach (var remote in overlay.RemoteSubnets)
            yield return Policy(remote);
    }

    /// <summary>The policy of a subnet that says its virtual subnet id.</summary>
    public static SubnetPolicy Policy(uint virtualSubnet) => new() { Type = SubnetPolicyType.VSID, Settings = HcnJson.ToElement(new VsidPolicySetting { IsolationId = virtualSubnet }) };

    private static NetworkPolicy Policy(RemoteSubnet remote) => new()
    {
        Type = NetworkPolicyType.RemoteSubnetRoute,
        Settings = HcnJson.ToElement(new RemoteSubnetRoutePolicySetting
        {
            DestinationPrefix = remote.Prefix.ToString(),
            IsolationId = remote.VirtualSubnet,
            ProviderAddress = remote.ProviderAddress.ToString(),
            DistributedRouterMacAddress = remote.RouterMac.ToHcnString(),
        }),
    };

    /// <summary>Notes which members become which.</summary>
    private static void Trace(NetworkPolicyType type, OverlaySpec overlay, PathMap paths, string settings)
    {
        var remote = $"$.Overlay.RemoteSubnets[{overlay.RemoteSubnets.Length}]";
        switch (type)
        {
            case NetworkPolicyType.VxlanPort:
                paths.Add("$.Overlay.Port", $"{settings}.Port");
                break;
            case NetworkPolicyType.ProviderAddress:
                paths.Add("$.Overlay.ProviderAddress", $"{settings}.ProviderAddress");
                break;
            case NetworkPolicyType.DrMacAddress:
                paths.Add("$.Overlay.RouterMac", $"{settings}.Address");
                break;
            case NetworkPolicyType.RemoteSubnetRoute:
                paths.Add($"{remote}.Prefix", $"{settings}.DestinationPrefix");
                paths.Add($"{remote}.VirtualSubnet", $"{settings}.IsolationId");
                paths.Add($"{remote}.ProviderAddress", $"{settings}.ProviderAddress");
                paths.Add($"{remote}.RouterMac", $"{settings}.DistributedRouterMacAddress");
                break;
        }
    }

    private static OverlaySpec With(OverlaySpec overlay, NetworkPolicyType type, JsonElement? given, FindingCollector findings)
    {
        switch (type)
        {
            case NetworkPolicyType.VxlanPort:
                return HcnJson.ReadElement<VxlanPortPolicySetting>(given, findings) is { } port ? overlay with { Port = port.Port ?? 0 } : overlay;
            case NetworkPolicyType.ProviderAddress:
                return HcnJson.ReadElement<ProviderAddressPolicySetting>(given, findings) is { } provider ? overlay with { ProviderAddress = Address(provider.ProviderAddress, findings) } : overlay;
            case NetworkPolicyType.DrMacAddress:
                return HcnJson.ReadElement<DrMacAddressNetworkPolicySetting>(given, findings) is { } router ? overlay with { RouterMac = Mac(router.Address, findings.At("Address")) } : overlay;
            case NetworkPolicyType.HostRoute:
                return overlay with { HostRoute = true };
            default:
                return Remote(given, findings) is { } remote ? overlay with { RemoteSubnets = overlay.RemoteSubnets.Add(remote) } : overlay;
        }
    }

    private static RemoteSubnet? Remote(JsonElement? given, FindingCollector findings)
    {
        if (HcnJson.ReadElement<RemoteSubnetRoutePolicySetting>(given, findings) is not { } settings) return null;
        if (!PrefixText.TryParse(settings.DestinationPrefix, out var prefix, out var error))
            findings.At("DestinationPrefix").Add(settings.DestinationPrefix is null or "" ? "the policy has no prefix; give the other host's subnet" : error, HcnErrorCode.InvalidPolicy);
        var provider = Address(settings.ProviderAddress, findings);
        var mac = Mac(settings.DistributedRouterMacAddress, findings.At("DistributedRouterMacAddress"));
        return error is null && provider is not null && mac is not null ? new RemoteSubnet(prefix, settings.IsolationId ?? 0, provider, mac.Value) : null;
    }

    /// <summary>A provider address.</summary>
    public static IPAddress? Address(string? text, FindingCollector findings)
    {
        if (AddressText.TryParse(text, out var address, out var error)) return address;
        findings.At("ProviderAddress").Add(text is null or "" ? "the policy has no provider address; give the other host's address, IPv4 or IPv6" : error, HcnErrorCode.InvalidPolicy);
        return null;
    }

    private static MacAddress? Mac(string? text, FindingCollector findings)
    {
        if (MacAddress.TryParse(text, out var mac)) return mac;
        findings.Add($"'{text}' is not a MAC address; write six octets like 00-15-5D-01-02-03", HcnErrorCode.InvalidPolicy);
        return null;
    }
}
