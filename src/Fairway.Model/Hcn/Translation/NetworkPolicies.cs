using System.Collections.Immutable;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Policies;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Translation;

/// <summary>What the policies of a network come to, AutomaticDNS and those that name the uplink apart.</summary>
/// <param name="Rules">From NetworkACL.</param>
/// <param name="Sets">From SetPolicy.</param>
/// <param name="OutboundNat">From OutBoundNAT.</param>
internal sealed record NetworkPolicies(ImmutableArray<AclRule> Rules, ImmutableArray<AddressSet> Sets, ImmutableArray<OutboundNat> OutboundNat)
{
    /// <summary>Reads policies; those this release does not have are findings. Those of overlays are read by <see cref="OverlayPolicies"/>.</summary>
    /// <param name="policies">The policies.</param>
    /// <param name="isOverlay">Whether those of overlays may be among them.</param>
    /// <param name="paths">Is told where translations came from.</param>
    /// <param name="findings">At the object that holds the policies.</param>
    public static NetworkPolicies Read(IReadOnlyList<NetworkPolicy> policies, bool isOverlay, PathMap paths, FindingCollector findings)
    {
        var rules = ImmutableArray.CreateBuilder<AclRule>();
        var sets = ImmutableArray.CreateBuilder<AddressSet>();
        var translations = ImmutableArray.CreateBuilder<OutboundNat>();
        for (var i = 0; i < policies.Count; i++)
        {
            var here = findings.At("Policies", i);
            switch (policies[i].Type)
            {
                case NetworkPolicyType.AutomaticDNS:
                case NetworkPolicyType.NetAdapterName:
                case NetworkPolicyType.InterfaceConstraint:
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
                case NetworkPolicyType.OutBoundNAT:
                    if (OutboundNatPolicies.Read(policies[i].Settings, here.At("Settings")) is not { } translation) break;
                    OutboundNatPolicies.Origins(paths, translations.Count, i);
                    translations.Add(translation);
                    break;
                case var other when isOverlay && OverlayPolicies.Has(other):
                    break;
                default:
                    Refusals.Policy(policies[i].Type, "networks",
                        isOverlay ? "AutomaticDNS, NetworkACL, SetPolicy, OutBoundNAT and those of overlays" : "AutomaticDNS, NetAdapterName, InterfaceConstraint, NetworkACL, SetPolicy and OutBoundNAT", here);
                    break;
            }
        }
        return new NetworkPolicies(rules.ToImmutable(), sets.ToImmutable(), translations.ToImmutable());
    }
}
