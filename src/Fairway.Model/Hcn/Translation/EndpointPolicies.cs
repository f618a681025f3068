using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Policies;
using Fairway.Model.Ports;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Translation;

/// <summary>What the policies of an endpoint come to.</summary>
/// <param name="Publications">From PortMapping.</param>
/// <param name="Rules">From ACL and TierAcl.</param>
/// <param name="ProviderAddress">Of the other host whose endpoint it is.</param>
/// <param name="EncapOverhead">Bytes to leave for encapsulation.</param>
internal sealed record EndpointPolicies(ImmutableArray<PortPublication> Publications, ImmutableArray<AclRule> Rules, IPAddress? ProviderAddress, int? EncapOverhead)
{
    /// <summary>Reads policies; those this release does not have are findings.</summary>
    /// <param name="policies">The policies.</param>
    /// <param name="paths">Is told where publications came from.</param>
    /// <param name="findings">At the object that holds the policies.</param>
    public static EndpointPolicies Read(IReadOnlyList<EndpointPolicy> policies, PathMap paths, FindingCollector findings)
    {
        var rules = ImmutableArray.CreateBuilder<AclRule>();
        IPAddress? provider = null;
        int? overhead = null;
        for (var i = 0; i < policies.Count; i++)
        {
            var here = findings.At("Policies", i);
            switch (policies[i].Type)
            {
                case EndpointPolicyType.PortMapping:
                    break;
                case EndpointPolicyType.ACL:
                    if (AclPolicies.Rule(policies[i].Settings, PolicyKind.Acl, here.At("Settings")) is { } rule) rules.Add(rule);
                    break;
                case EndpointPolicyType.TierAcl:
                    rules.AddRange(AclPolicies.Tier(policies[i].Settings, here.At("Settings")));
                    break;
                case EndpointPolicyType.ProviderAddress:
                    RefuseSecond(provider is not null, policies[i].Type, here);
                    if (HcnJson.ReadElement<ProviderAddressPolicySetting>(policies[i].Settings, here.At("Settings")) is { } host)
                        provider = OverlayPolicies.Address(host.ProviderAddress, here.At("Settings"));
                    paths.Add("$.ProviderAddress", $"$.Policies[{i}].Settings.ProviderAddress");
                    break;
                case EndpointPolicyType.EncapOverhead:
                    RefuseSecond(overhead is not null, policies[i].Type, here);
                    if (HcnJson.ReadElement<EncapOverheadEndpointPolicySetting>(policies[i].Settings, here.At("Settings")) is { } encapsulation)
                        overhead = encapsulation.Overhead ?? 0;
                    paths.Add("$.EncapOverhead", $"$.Policies[{i}].Settings.Overhead");
                    break;
                default:
                    Refusals.Policy(policies[i].Type, "endpoints", "PortMapping, ACL, TierAcl, ProviderAddress and EncapOverhead", here);
                    break;
            }
        }
        return new EndpointPolicies(PortMappings.ToPublications(policies, paths, findings), rules.ToImmutable(), provider, overhead);
    }

    private static void RefuseSecond(bool seen, EndpointPolicyType? type, FindingCollector here)
    {
        if (seen) here.At("Type").Add($"policy {type} is given twice; give it once", HcnErrorCode.PolicyAlreadyExists);
    }
}
