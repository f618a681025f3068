using System.Text.Json;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.V1;

/// <summary>
/// Policies of schema 1 have their settings beside their type: <c>{"Type":"NAT","Protocol":"TCP","InternalPort":80,"ExternalPort":8080}</c>.
/// Each becomes the policy of schema 2 that means the same, so that one place decides what is honoured. Those that only schema 2 has keep their names.
/// </summary>
internal static class FlatPolicies
{
    public static List<EndpointPolicy> OfEndpoint(IReadOnlyList<JsonElement>? policies, FindingCollector findings)
    {
        var converted = new List<EndpointPolicy>();
        for (var i = 0; i < (policies?.Count ?? 0); i++)
            if (Endpoint(policies![i], findings.At("Policies", i)) is { } policy) converted.Add(policy);
        return converted;
    }

    /// <summary>Docker and Azure's plugin give VLAN and VSID to the network; in schema 2 subnets have them.</summary>
    /// <param name="policies">Those of the network.</param>
    /// <param name="hasSubnets">Whether it has subnets that take them.</param>
    /// <param name="findings">At the network.</param>
    public static List<NetworkPolicy> OfNetwork(IReadOnlyList<JsonElement>? policies, bool hasSubnets, FindingCollector findings)
    {
        for (var i = 0; i < (policies?.Count ?? 0); i++)
        {
            if (!IsOfSubnets(new FlatPolicy(policies![i])))
                Refuse(policies[i], "networks have VLAN and VSID in schema 1", findings.At("Policies", i));
            else if (!hasSubnets)
                findings.At("Policies", i).Add("the policy is one of the subnets, and the network has none; give some", HcnErrorCode.InvalidPolicy);
        }
        return [];
    }

    /// <summary>Policies of a subnet, and those that are its network's.</summary>
    /// <param name="policies">Those of the subnet.</param>
    /// <param name="network">Those of its network.</param>
    /// <param name="findings">At the subnet.</param>
    public static List<SubnetPolicy>? OfSubnet(IReadOnlyList<JsonElement>? policies, IReadOnlyList<JsonElement>? network, FindingCollector findings)
    {
        var converted = new List<SubnetPolicy>();
        for (var i = 0; i < (policies?.Count ?? 0); i++)
        {
            var flat = new FlatPolicy(policies![i]);
            if (IsOfSubnets(flat))
                converted.Add(Subnet(flat));
            else
                Refuse(policies[i], "subnets have VLAN and VSID", findings.At("Policies", i));
        }
        converted.AddRange((network ?? []).Select(policy => new FlatPolicy(policy)).Where(IsOfSubnets).Select(Subnet));
        return converted is [] ? null : converted;
    }

    private static bool IsOfSubnets(FlatPolicy flat) => flat.Is("VLAN") || flat.Is("VSID");

    private static SubnetPolicy Subnet(FlatPolicy flat) => flat.Is("VLAN")
        ? new() { Type = SubnetPolicyType.VLAN, Settings = flat.Settings(("VLAN", "IsolationId")) }
        : new() { Type = SubnetPolicyType.VSID, Settings = flat.Settings(("VSID", "IsolationId")) };

    private static EndpointPolicy? Endpoint(JsonElement element, FindingCollector here)
    {
        var flat = new FlatPolicy(element);
        switch (flat.Type?.ToUpperInvariant())
        {
            case "NAT":
                return Policy(EndpointPolicyType.PortMapping, FlatNat.Settings(flat));
            case "ACL":
                return Policy(EndpointPolicyType.ACL, FlatAcl.Settings(flat, here));
            case "TIERACL":
                return Policy(EndpointPolicyType.TierAcl, flat.Settings());
            case "PA":
                return Policy(EndpointPolicyType.ProviderAddress, flat.Settings(FlatPolicyWriter.ProviderAddress));
            case "QOS":
                return Policy(EndpointPolicyType.QOS, flat.Settings());
            case "OUTBOUNDNAT":
                return Policy(EndpointPolicyType.OutBoundNAT, flat.Settings(FlatPolicyWriter.OutboundNat));
            case "ROUTE":
                return Policy(EndpointPolicyType.SDNRoute, flat.Settings());
            case "L4WFPPROXY":
                return Policy(EndpointPolicyType.L4WFPPROXY, flat.Settings());
            case "PROXY":
                return Policy(EndpointPolicyType.L4Proxy, flat.Settings());
            case "INTERFACEPARAMETERS":
                return Policy(EndpointPolicyType.InterfaceParameters, flat.Settings());
            case "PORTNAME":
                return Policy(EndpointPolicyType.PortName, flat.Settings());
            default:
                Refuse(element, "endpoints have NAT, ACL, TierAcl, PA, QOS, OutBoundNAT, ROUTE, InterfaceParameters, PortName, PROXY and L4WFPPROXY", here);
                return null;
        }
    }

    private static EndpointPolicy Policy(EndpointPolicyType type, JsonElement settings) => new() { Type = type, Settings = settings };

    private static void Refuse(JsonElement element, string honoured, FindingCollector here)
    {
        var type = new FlatPolicy(element).Type;
        here.Add(type is null
            ? $"the policy has no type; {honoured}"
            : $"policies of type {Names.ResourceName.Printable(type)} are not honoured by this release; {honoured}", HcnErrorCode.InvalidPolicyType);
    }
}
