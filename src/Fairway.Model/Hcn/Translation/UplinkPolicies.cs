using Fairway.Model.Errors;
using Fairway.Model.Hcn.Networks;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Networks;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Translation;

/// <summary>The uplink of a network and its VLAN: policies NetAdapterName and InterfaceConstraint of the network, policy VLAN of its subnets.</summary>
internal static class UplinkPolicies
{
    /// <summary>Reads the uplink: its name, its index, both or none.</summary>
    public static (string? Name, int? Index) Uplink(HostComputeNetwork document, PathMap paths, FindingCollector findings)
    {
        string? uplink = null;
        int? index = null;
        for (var i = 0; i < (document.Policies?.Count ?? 0); i++)
        {
            var policy = document.Policies![i];
            var here = findings.At("Policies", i).At("Settings");
            if (policy.Type == NetworkPolicyType.NetAdapterName && HcnJson.ReadElement<NetAdapterNameNetworkPolicySetting>(policy.Settings, here) is { } adapter)
                uplink = Name(adapter.NetworkAdapterName, "NetworkAdapterName", uplink, i, paths, here);
            if (policy.Type != NetworkPolicyType.InterfaceConstraint || HcnJson.ReadElement<InterfaceConstraintPolicySetting>(policy.Settings, here) is not { } constraint) continue;
            RefuseOthers(constraint, here);
            if (constraint.InterfaceAlias is { Length: > 0 } alias) uplink = Name(alias, "InterfaceAlias", uplink, i, paths, here);
            if (constraint.InterfaceIndex is { } given and not 0) index = Index(given, index, i, paths, here);
            if (constraint is { InterfaceAlias: null or "", InterfaceIndex: null or 0 })
                here.Add("the policy names no device; give InterfaceAlias or InterfaceIndex, or leave the policy out", HcnErrorCode.InvalidPolicy);
        }
        return (uplink, index);
    }

    private static string? Name(string? given, string member, string? earlier, int policy, PathMap paths, FindingCollector here)
    {
        if (given is not { Length: > 0 })
            here.At(member).Add("the policy names no device; name one of the host, or leave the policy out", HcnErrorCode.InvalidPolicy);
        else if (earlier is not null && earlier != given)
            here.At(member).Add($"'{Names.ResourceName.Printable(given)}' is the network's second device; a network has one, here '{Names.ResourceName.Printable(earlier)}'", HcnErrorCode.InvalidPolicy);
        else
            paths.Add("$.Uplink", $"$.Policies[{policy}].Settings.{member}");
        return earlier ?? (given is { Length: > 0 } ? given : null);
    }

    private static int? Index(uint given, int? earlier, int policy, PathMap paths, FindingCollector here)
    {
        if (given > int.MaxValue)
            here.At("InterfaceIndex").Add($"{given} is the index of no device; give one that 'ip link' lists", HcnErrorCode.InvalidPolicy);
        else if (earlier is not null && earlier != given)
            here.At("InterfaceIndex").Add($"{given} is the network's second device; a network has one, here {earlier}", HcnErrorCode.InvalidPolicy);
        paths.Add("$.UplinkIndex", $"$.Policies[{policy}].Settings.InterfaceIndex");
        return earlier ?? (given > int.MaxValue ? null : (int)given);
    }

    /// <summary>What only Windows says of a NIC.</summary>
    private static void RefuseOthers(InterfaceConstraintPolicySetting constraint, FindingCollector here)
    {
        foreach (var (member, isGiven) in ((string, bool)[])
        [
            ("InterfaceGuid", constraint.InterfaceGuid is { } guid && guid != Guid.Empty), ("InterfaceLuid", constraint.InterfaceLuid is { } luid and not 0),
            ("InterfaceMediaType", constraint.InterfaceMediaType is { } media and not 0), ("InterfaceDescription", constraint.InterfaceDescription is { Length: > 0 }),
        ])
        {
            if (isGiven) here.At(member).Add("devices of this host are known by name and index; give InterfaceAlias or InterfaceIndex in its place", HcnErrorCode.RequestUnsupported);
        }
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
        spec.Uplink is not { } uplink || (received ?? []).Any(policy => policy.Type is NetworkPolicyType.NetAdapterName or NetworkPolicyType.InterfaceConstraint)
            ? []
            : [new NetworkPolicy { Type = NetworkPolicyType.NetAdapterName, Settings = HcnJson.ToElement(new NetAdapterNameNetworkPolicySetting { NetworkAdapterName = uplink }) }];

    /// <summary>The VLAN of a network as a policy of each subnet, unless the document has it.</summary>
    public static IReadOnlyList<SubnetPolicy>? Write(int? vlan, IReadOnlyList<SubnetPolicy>? received) =>
        vlan is not { } id || (received ?? []).Any(policy => policy.Type == SubnetPolicyType.VLAN)
            ? received
            : [.. received ?? [], new SubnetPolicy { Type = SubnetPolicyType.VLAN, Settings = HcnJson.ToElement(new VlanPolicySetting { IsolationId = (uint)id }) }];
}
