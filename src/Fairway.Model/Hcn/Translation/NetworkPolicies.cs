using System.Collections.Immutable;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Policies;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Translation;

/// <summary>What the policies of a network come to, AutomaticDNS and NetAdapterName apart.</summary>
/// <param name="Rules">From NetworkACL.</param>
/// <param name="Sets">From SetPolicy.</param>
internal sealed record NetworkPolicies(ImmutableArray<AclRule> Rules, ImmutableArray<AddressSet> Sets)
{
    /// <summary>Reads policies; those this release does not have are findings. Those of overlays are read by <see cref="OverlayPolicies"/>.</summary>
    public static NetworkPolicies Read(IReadOnlyList<NetworkPolicy> policies, bool isOverlay, FindingCollector findings)
    {
        var rules = ImmutableArray.CreateBuilder<AclRule>();
        var sets = ImmutableArray.CreateBuilder<AddressSet>();
        for (var i = 0; i < policies.Count; i++)
        {
            var here = findings.At("Policies", i);
            switch (policies[i].Type)
            {
                case NetworkPolicyType.AutomaticDNS:
                case NetworkPolicyType.NetAdapterName:
                    break;
                case NetworkPolicyType.NetworkACL:
                    if (AclPolicies.Rule(policies[i].Settings, PolicyKind.NetworkAcl, here.At("Settings")) is { } rule) rules.Add(rule);
                    break;
                case NetworkPolicyType.SetPolicy:
                    if (AclPolicies.Set(policies[i].Settings, here.At("Settings")) is not { } set) break;
                    if (sets.Any(other => other.Id == set.Id))
                        here.At("Settings").At("Id").Add($"set '{set.Id}' is given twice; give it once", HcnErrorCode.PolicyAlreadyExists);
                    sets.Add(set);
                    break;
                case NetworkPolicyType.L4Proxy:
                    here.At("Type").Add("policies of type L4Proxy are honoured of endpoints only, for when a process connects its namespace is known, and not the network; give the policy to the network's endpoints", HcnErrorCode.InvalidPolicyType);
                    break;
                case var other when isOverlay && OverlayPolicies.Has(other):
                    break;
                default:
                    Refusals.Policy(policies[i].Type, "networks",
                        isOverlay ? "AutomaticDNS, NetworkACL, SetPolicy and those of overlays" : "AutomaticDNS, NetAdapterName, NetworkACL and SetPolicy", here);
                    break;
            }
        }
        return new NetworkPolicies(rules.ToImmutable(), sets.ToImmutable());
    }
}
