using System.Text.Json;
using Fairway.Model.Errors;
using Fairway.Model.Hcn.Policies;
using Fairway.Model.Hcn.Wire;
using Fairway.Model.Policies;
using Fairway.Model.Validation;

namespace Fairway.Model.Hcn.Translation;

/// <summary>The policies ACL, TierAcl, NetworkACL and SetPolicy to and from access rules and address sets.</summary>
internal static class AclPolicies
{
    private const byte Vxlan = 252;

    /// <summary>The rule of an ACL or NetworkACL; null when there is a finding.</summary>
    public static AclRule? Rule(JsonElement? given, PolicyKind kind, FindingCollector findings)
    {
        if (HcnJson.ReadElement<AclPolicySetting>(given, findings) is not { } settings) return null;
        if (settings.Direction is null)
            findings.At("Direction").Add("the rule has no direction; give In or Out", HcnErrorCode.InvalidPolicy);
        var rule = Rule(settings, settings.Id, settings.Action, "Action", findings);
        return rule is null || settings.Direction is null ? null : Checked(rule with
        {
            Kind = kind,
            Direction = DirectionOf(settings.Direction.Value),
            Document = Kept(settings, settings.RuleType is not null),
        }, findings);
    }

    /// <summary>The rules of a TierAcl.</summary>
    public static IEnumerable<AclRule> Tier(JsonElement? given, FindingCollector findings)
    {
        if (HcnJson.ReadElement<TierAclPolicySetting>(given, findings) is not { } settings) yield break;
        if (settings.Direction is null)
            findings.At("Direction").Add("the tier has no direction; give In or Out", HcnErrorCode.InvalidPolicy);
        if (string.IsNullOrEmpty(settings.Name))
            findings.At("Name").Add("the tier has no name; give one", HcnErrorCode.InvalidPolicy);
        if (settings.TierAclRules is null or [])
            findings.At("TierAclRules").Add("the tier has no rules, so it would do nothing; give some, or leave the policy out", HcnErrorCode.InvalidPolicy);
        for (var i = 0; i < (settings.TierAclRules?.Count ?? 0); i++)
        {
            var here = findings.At("TierAclRules", i);
            var given1 = settings.TierAclRules![i];
            if (Rule(given1, given1.Id, given1.TierAclRuleAction, "TierAclRuleAction", here) is not { } rule || settings.Direction is null || string.IsNullOrEmpty(settings.Name)) continue;
            yield return Checked(rule with
            {
                Kind = PolicyKind.TierAcl,
                Direction = DirectionOf(settings.Direction.Value),
                Tier = settings.Name,
                Order = settings.Order ?? 0,
                Document = Kept(given1, false),
            }, here);
        }
    }

    /// <summary>The address set of a SetPolicy; null when there is a finding.</summary>
    public static AddressSet? Set(JsonElement? given, FindingCollector findings)
    {
        if (HcnJson.ReadElement<SetPolicySetting>(given, findings) is not { } settings) return null;
        if (string.IsNullOrEmpty(settings.Id))
        {
            findings.At("Id").Add("the set has no id; give one for rules to use", HcnErrorCode.InvalidPolicy);
            return null;
        }
        var nested = settings.PolicyType == SetPolicyTypes.NESTEDIPSET;
        if (!PolicyText.TryParseAddresses(settings.Values, out var values, out var error))
        {
            findings.At("Values").Add(error, HcnErrorCode.InvalidPolicy);
            return null;
        }
        var set = new AddressSet
        {
            Id = settings.Id,
            Name = settings.Name,
            Nested = nested,
            Prefixes = values.Prefixes,
            Sets = values.Sets,
            Document = HcnJson.Write(settings),
        };
        var validation = new FindingCollector();
        AclRuleValidator.Validate(set, validation);
        foreach (var finding in validation.Findings)
            findings.At(finding.Path == "$.Id" ? "Id" : "Values").Add(finding.Message, finding.HcnCode);
        return set;
    }

    /// <summary>The policies an endpoint's rules are: an ACL for each rule, a TierAcl for each tier.</summary>
    public static IEnumerable<EndpointPolicy> OfEndpoint(PolicySet policies)
    {
        var tiers = policies.Rules.Values.Where(rule => rule.Kind == PolicyKind.TierAcl).GroupBy(rule => (rule.Direction, rule.Order, rule.Tier));
        foreach (var tier in tiers.OrderBy(tier => tier.Key.Direction).ThenBy(tier => tier.Key.Order).ThenBy(tier => tier.Key.Tier, StringComparer.Ordinal))
            yield return new EndpointPolicy { Type = EndpointPolicyType.TierAcl, Settings = HcnJson.ToElement(Settings(tier.Key.Direction, tier.Key.Order, tier.Key.Tier, tier)) };
        foreach (var rule in policies.Rules.Values.Where(rule => rule.Kind == PolicyKind.Acl))
            yield return new EndpointPolicy { Type = EndpointPolicyType.ACL, Settings = HcnJson.ToElement(Settings(rule)) };
    }

    /// <summary>The policies a network's sets and rules are.</summary>
    public static IEnumerable<NetworkPolicy> OfNetwork(PolicySet policies)
    {
        foreach (var set in policies.Sets.ById.Values.OrderBy(set => set.Id, StringComparer.Ordinal))
            yield return new NetworkPolicy { Type = NetworkPolicyType.SetPolicy, Settings = HcnJson.ToElement(Settings(set)) };
        foreach (var rule in policies.Rules.Values)
            yield return new NetworkPolicy { Type = NetworkPolicyType.NetworkACL, Settings = HcnJson.ToElement(Settings(rule)) };
    }

    private static AclRule? Rule(FiveTuple given, string? id, ActionType? action, string actionMember, FindingCollector findings)
    {
        if (action is null)
            findings.At(actionMember).Add("the rule has no action; give Allow, Block or Pass", HcnErrorCode.InvalidPolicy);
        var sound = action is not null;
        void Note(string member, string? error)
        {
            sound &= error is null;
            findings.At(member).AddIf(error, HcnErrorCode.InvalidPolicy);
        }
        Note("Protocols", PolicyText.TryParseProtocols(given.Protocols, out var protocols, out var error) && protocols.Contains(Vxlan)
            ? "protocol 252 (VXLAN) is not honoured by this release, whose networks have no encapsulation; leave it out"
            : error);
        Note("LocalAddresses", PolicyText.TryParseAddresses(given.LocalAddresses, out var local, out error) ? null : error);
        Note("RemoteAddresses", PolicyText.TryParseAddresses(given.RemoteAddresses, out var remote, out error) ? null : error);
        Note("LocalPorts", PolicyText.TryParsePorts(given.LocalPorts, out var localPorts, out error) ? null : error);
        Note("RemotePorts", PolicyText.TryParsePorts(given.RemotePorts, out var remotePorts, out error) ? null : error);
        Note("IcmpTypes", PolicyText.TryParseIcmp(given.IcmpTypes, out var icmp, out error) ? null : error);
        return !sound ? null : new AclRule
        {
            Kind = PolicyKind.Acl,
            Direction = PolicyDirection.In,
            Id = string.IsNullOrEmpty(id) ? null : id,
            Action = action switch { ActionType.Allow => PolicyAction.Allow, ActionType.Block => PolicyAction.Block, _ => PolicyAction.Pass },
            Priority = given.Priority ?? 0,
            Protocols = protocols,
            Local = local,
            Remote = remote,
            LocalPorts = localPorts,
            RemotePorts = remotePorts,
            IcmpMessages = icmp,
        };
    }

    /// <summary>The document, when it says more than the rule: most rules are written from what they are, and 100,000 of them take half the room.</summary>
    private static string? Kept<T>(T document, bool saysMore)
        where T : FiveTuple => saysMore || document.Unknown is { Count: > 0 } ? HcnJson.Write(document) : null;

    private static AclRule Checked(AclRule rule, FindingCollector findings)
    {
        var validation = new FindingCollector();
        AclRuleValidator.Validate(rule, validation);
        foreach (var finding in validation.Findings)
            findings.At(finding.Path[2..].Replace("IcmpMessages", "IcmpTypes", StringComparison.Ordinal)).Add(finding.Message, finding.HcnCode);
        return rule;
    }

    private static PolicyDirection DirectionOf(DirectionType direction) => direction == DirectionType.In ? PolicyDirection.In : PolicyDirection.Out;

    private static TierAclPolicySetting Settings(PolicyDirection direction, ushort order, string? name, IEnumerable<AclRule> rules) => new()
    {
        Name = name,
        Direction = direction == PolicyDirection.In ? DirectionType.In : DirectionType.Out,
        Order = order,
        TierAclRules = [.. rules.Select(rule => Written(rule.Document is { } document ? HcnJson.ReadStored<TierAclRule>(document) : new TierAclRule(), rule) with
        {
            Id = rule.Id,
            TierAclRuleAction = ActionOf(rule.Action),
        })],
    };

    private static AclPolicySetting Settings(AclRule rule) => Written(rule.Document is { } document ? HcnJson.ReadStored<AclPolicySetting>(document) : new AclPolicySetting(), rule) with
    {
        Id = rule.Id,
        Action = ActionOf(rule.Action),
        Direction = rule.Direction == PolicyDirection.In ? DirectionType.In : DirectionType.Out,
    };

    private static SetPolicySetting Settings(AddressSet set) => (set.Document is { } document ? HcnJson.ReadStored<SetPolicySetting>(document) : new SetPolicySetting()) with
    {
        Id = set.Id,
        Name = set.Name,
        PolicyType = set.Nested ? SetPolicyTypes.NESTEDIPSET : SetPolicyTypes.IPSET,
        Values = string.Join(',', set.Prefixes.Select(prefix => prefix.ToString()).Concat(set.Sets)),
    };

    private static T Written<T>(T received, AclRule rule)
        where T : FiveTuple => received with
        {
            Protocols = Text(rule.Protocols.Select(protocol => $"{protocol}")),
            LocalAddresses = Text([rule.Local.ToString()]),
            RemoteAddresses = Text([rule.Remote.ToString()]),
            LocalPorts = Text(rule.LocalPorts.Select(ports => ports.ToString())),
            RemotePorts = Text(rule.RemotePorts.Select(ports => ports.ToString())),
            IcmpTypes = Text(rule.IcmpMessages.Select(message => message.ToString())),
            Priority = rule.Priority,
        };

    private static string? Text(IEnumerable<string> items) => string.Join(',', items) is { Length: > 0 } text ? text : null;

    private static ActionType ActionOf(PolicyAction action) => action switch
    {
        PolicyAction.Allow => ActionType.Allow,
        PolicyAction.Block => ActionType.Block,
        _ => ActionType.Pass,
    };
}
