using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Endpoints;
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
/// <param name="OutboundNat">From OutBoundNAT.</param>
/// <param name="Routes">From SDNRoute.</param>
/// <param name="Sidecar">From L4WFPPROXY.</param>
/// <param name="Proxy">From L4Proxy.</param>
/// <param name="OutgoingRate">From QOS, in bits a second.</param>
/// <param name="Mtu">From InterfaceParameters.</param>
/// <param name="PortName">From PortName.</param>
internal sealed record EndpointPolicies(ImmutableArray<PortPublication> Publications, ImmutableArray<AclRule> Rules, IPAddress? ProviderAddress, int? EncapOverhead,
    ImmutableArray<OutboundNat> OutboundNat, ImmutableArray<SwitchRoute> Routes, Sidecar? Sidecar, ConnectionProxy? Proxy, long? OutgoingRate, int? Mtu, string? PortName)
{
    /// <summary>Reads policies; those this release does not have are findings.</summary>
    /// <param name="policies">The policies.</param>
    /// <param name="paths">Is told where publications came from.</param>
    /// <param name="findings">At the object that holds the policies.</param>
    public static EndpointPolicies Read(IReadOnlyList<EndpointPolicy> policies, PathMap paths, FindingCollector findings)
    {
        var rules = ImmutableArray.CreateBuilder<AclRule>();
        var translations = ImmutableArray.CreateBuilder<OutboundNat>();
        var routes = ImmutableArray.CreateBuilder<SwitchRoute>();
        Sidecar? sidecar = null;
        ConnectionProxy? proxy = null;
        long? rate = null;
        IPAddress? provider = null;
        int? overhead = null;
        int? mtu = null;
        string? name = null;
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
                case EndpointPolicyType.OutBoundNAT:
                    if (OutboundNatPolicies.Read(policies[i].Settings, here.At("Settings")) is not { } translation) break;
                    OutboundNatPolicies.Origins(paths, translations.Count, i);
                    translations.Add(translation);
                    break;
                case EndpointPolicyType.SDNRoute:
                    if (SwitchRoutePolicies.Read(policies[i].Settings, here.At("Settings")) is not { } route) break;
                    SwitchRoutePolicies.Origins(paths, $"$.SwitchRoutes[{routes.Count}]", $"$.Policies[{i}].Settings");
                    routes.Add(route);
                    break;
                case EndpointPolicyType.QOS:
                    RefuseSecond(rate is not null, policies[i].Type, here);
                    rate = QosPolicies.Read(policies[i].Settings, here.At("Settings"));
                    paths.Add("$.Bandwidth", $"$.Policies[{i}].Settings");
                    break;
                case EndpointPolicyType.L4WFPPROXY:
                    RefuseSecond(sidecar is not null, policies[i].Type, here);
                    sidecar = SidecarPolicies.Read(policies[i].Settings, here.At("Settings"));
                    SidecarPolicies.Origins(paths, i);
                    break;
                case EndpointPolicyType.L4Proxy:
                    RefuseSecond(proxy is not null, policies[i].Type, here);
                    proxy = ConnectionProxyPolicies.Read(policies[i].Settings, here.At("Settings"));
                    ConnectionProxyPolicies.Origins(paths, i);
                    break;
                case EndpointPolicyType.InterfaceParameters:
                    RefuseSecond(mtu is not null, policies[i].Type, here, HcnErrorCode.InterfaceParametersAlreadyApplied);
                    mtu = InterfacePolicies.Mtu(policies[i].Settings, here.At("Settings"));
                    paths.Add("$.Mtu", $"$.Policies[{i}].Settings.Mtu");
                    break;
                case EndpointPolicyType.PortName:
                    RefuseSecond(name is not null, policies[i].Type, here);
                    name = InterfacePolicies.PortName(policies[i].Settings, here.At("Settings"));
                    paths.Add("$.PortName", $"$.Policies[{i}].Settings.Name");
                    break;
                default:
                    Refusals.Policy(policies[i].Type, "endpoints", "PortMapping, ACL, TierAcl, OutBoundNAT, SDNRoute, QOS, InterfaceParameters, PortName, L4WFPPROXY, L4Proxy, ProviderAddress and EncapOverhead", here);
                    break;
            }
        }
        return new EndpointPolicies(PortMappings.ToPublications(policies, paths, findings), rules.ToImmutable(), provider, overhead,
            translations.ToImmutable(), routes.ToImmutable(), sidecar, proxy, rate, mtu, name);
    }

    private static void RefuseSecond(bool seen, EndpointPolicyType? type, FindingCollector here, uint code = HcnErrorCode.PolicyAlreadyExists)
    {
        if (seen) here.At("Type").Add($"policy {type} is given twice; give it once", code);
    }
}
