using Fairway.Model.Errors;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Networks;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Translation;

/// <summary>The uplink of a network and its VLAN: policy NetAdapterName of the network, policy VLAN of its subnets.</summary>
internal static class UplinkPolicies
{
    /// <summary>Reads the uplink; null when the document names none.</summary>
    public static string? Uplink(HostComputeNetwork document, PathMap paths, FindingCollector findings)
    {
        string? uplink = null;
        for (var i = 0; i < (document.Policies?.Count ?? 0); i++)
        {
            if (document.Policies![i].Type != NetworkPolicyType.NetAdapterName) continue;
            var here = findings.At("Policies", i).At("Settings");
            if (HcnJson.ReadElement<NetAdapterNameNetworkPolicySetting>(document.Policies[i].Settings, here) is not { } settings) continue;
            if (settings.NetworkAdapterName is not { Length: > 0 } name)
                here.At("NetworkAdapterName").Add("the policy names no device; name one of the host, or leave the policy out", HcnErrorCode.InvalidPolicy);
            else if (uplink is not null && uplink != name)
                here.At("NetworkAdapterName").Add($"'{Names.ResourceName.Printable(name)}' is the network's second device; a network has one, here '{Names.ResourceName.Printable(uplink)}'", HcnErrorCode.InvalidPolicy);
            else
            {
                uplink = name;
                paths.Add("$.Uplink", $"$.Policies[{i}].Settings.NetworkAdapterName");
            }
        }
        return uplink;
    }

    /// <summary>Reads the VLAN of a subnet, and refuses its other policies. All subnets of a network are on the same.</summary>
    public static int? Vlan(HcnSubnet subnet, int? earlier, string path, PathMap paths, FindingCollector findings)
    {
        var vlan = earlier;
        for (var i = 0; i < (subnet.Policies?.Count ?? 0); i++)
        {
            var here = findings.At("Policies", i);
            if (subnet.Policies![i].Type != SubnetPolicyType.VLAN)
            {
                Refusals.Policy(subnet.Policies[i].Type, "subnets", "VLAN", here);
                continue;
            }
            if (HcnJson.ReadElement<VlanPolicySetting>(subnet.Policies[i].Settings, here.At("Settings")) is not { } settings) continue;
            if (settings.IsolationId is not { } id)
                here.At("Settings").At("IsolationId").Add("the policy has no VLAN; give it, or leave the policy out", HcnErrorCode.InvalidPolicy);
            else if (vlan is not null && vlan != id)
                here.At("Settings").At("IsolationId").Add($"VLAN {id} is the network's second one; all its subnets are on one, here {vlan}", HcnErrorCode.InvalidPolicy);
            else
            {
                vlan = (int)Math.Min(id, ushort.MaxValue);
                paths.Add("$.Vlan", $"{path}.Policies[{i}].Settings.IsolationId");
            }
        }
        return vlan;
    }

    /// <summary>The uplink of a network as a policy, unless the document has it.</summary>
    public static IEnumerable<NetworkPolicy> Write(NetworkSpec spec, IReadOnlyList<NetworkPolicy>? received) =>
        spec.Uplink is not { } uplink || (received ?? []).Any(policy => policy.Type == NetworkPolicyType.NetAdapterName)
            ? []
            : [new NetworkPolicy { Type = NetworkPolicyType.NetAdapterName, Settings = HcnJson.ToElement(new NetAdapterNameNetworkPolicySetting { NetworkAdapterName = uplink }) }];

    /// <summary>The VLAN of a network as a policy of each subnet, unless the document has it.</summary>
    public static IReadOnlyList<SubnetPolicy>? Write(int? vlan, IReadOnlyList<SubnetPolicy>? received) =>
        vlan is not { } id || (received ?? []).Any(policy => policy.Type == SubnetPolicyType.VLAN)
            ? received
            : [.. received ?? [], new SubnetPolicy { Type = SubnetPolicyType.VLAN, Settings = HcnJson.ToElement(new VlanPolicySetting { IsolationId = (uint)id }) }];
}
