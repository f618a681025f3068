using System.Collections.Immutable;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Policies;
using Fairway.Model.Ports;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Translation;

/// <summary>What the policies of an endpoint come to.</summary>
/// <param name="Publications">From PortMapping.</param>
/// <param name="Rules">From ACL and TierAcl.</param>
internal sealed record EndpointPolicies(ImmutableArray<PortPublication> Publications, ImmutableArray<AclRule> Rules)
{
    /// <summary>Reads policies; those this release does not have are findings.</summary>
    /// <param name="policies">The policies.</param>
    /// <param name="paths">Is told where publications came from.</param>
    /// <param name="findings">At the object that holds the policies.</param>
    public static EndpointPolicies Read(IReadOnlyList<EndpointPolicy> policies, PathMap paths, FindingCollector findings)
    {
        var rules = ImmutableArray.CreateBuilder<AclRule>();
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
                default:
                    Refusals.Policy(policies[i].Type, "endpoints", "PortMapping, ACL and TierAcl", here);
                    break;
            }
        }
        return new EndpointPolicies(PortMappings.ToPublications(policies, paths, findings), rules.ToImmutable());
    }
}
