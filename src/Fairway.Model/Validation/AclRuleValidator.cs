using System.Collections.Immutable;
using Fairway.Model.Errors;
using Fairway.Model.Names;
using Fairway.Model.Policies;

namespace Fairway.Model.Validation;

/// <summary>What an access rule and an address set must keep to whatever the host holds.</summary>
public static class AclRuleValidator
{
    /// <summary>Everything wrong with rules, with paths like <c>$[3].LocalPorts</c>.</summary>
    public static ImmutableArray<Finding> Validate(IReadOnlyList<AclRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var findings = new FindingCollector();
        for (var i = 0; i < rules.Count; i++) Validate(rules[i], findings.At(i));
        return findings.Findings;
    }

    /// <summary>Everything wrong with address sets, with paths like <c>$[3].Id</c>.</summary>
    public static ImmutableArray<Finding> Validate(IReadOnlyList<AddressSet> sets)
    {
        ArgumentNullException.ThrowIfNull(sets);
        var findings = new FindingCollector();
        for (var i = 0; i < sets.Count; i++) Validate(sets[i], findings.At(i));
        return findings.Findings;
    }

    internal static void Validate(AddressSet set, FindingCollector here)
    {
        ArgumentNullException.ThrowIfNull(set);
        here.At("Id").AddIf(ResourceName.Check(set.Id) is { } why ? $"id {why}" : null, HcnErrorCode.InvalidPolicy);
        if (set.Nested && !set.Prefixes.IsEmpty)
            here.At("Prefixes").Add("a nested set is made of other sets; give their ids, or make it no nested one", HcnErrorCode.InvalidPolicy);
        if (!set.Nested && !set.Sets.IsEmpty)
            here.At("Sets").Add("only a nested set is made of other sets; give addresses, or make it a nested one", HcnErrorCode.InvalidPolicy);
        if (set.Sets.Contains(set.Id))
            here.At("Sets").Add($"set '{set.Id}' is made of itself; leave it out", HcnErrorCode.InvalidPolicy);
    }

    internal static void Validate(AclRule rule, FindingCollector here)
    {
        if (rule.Kind == PolicyKind.TierAcl && string.IsNullOrEmpty(rule.Tier))
            here.At("Tier").Add("the tier has no name; give one", HcnErrorCode.InvalidPolicy);
        if (rule.Kind != PolicyKind.TierAcl && (rule.Tier is not null || rule.Order != 0))
            here.At("Tier").Add("only a rule of a tier names one; leave tier and order out, or make it a TierAcl", HcnErrorCode.InvalidPolicy);
        if (!rule.LocalPorts.IsEmpty || !rule.RemotePorts.IsEmpty)
        {
            var member = rule.LocalPorts.IsEmpty ? "RemotePorts" : "LocalPorts";
            if (rule.Protocols.Any(protocol => protocol is not (6 or 17)))
                here.At(member).Add($"protocol {PolicyText.Protocol(rule.Protocols.First(protocol => protocol is not (6 or 17)))} has no ports; use tcp and udp, or leave the ports out", HcnErrorCode.InvalidPolicy);
            if (!rule.IcmpMessages.IsEmpty)
                here.At(member).Add("ICMP has no ports; leave the ports or the ICMP messages out", HcnErrorCode.InvalidPolicy);
        }
        if (!rule.IcmpMessages.IsEmpty && rule.Protocols.Any(protocol => protocol is not (1 or 58)))
            here.At("IcmpMessages").Add($"protocol {PolicyText.Protocol(rule.Protocols.First(protocol => protocol is not (1 or 58)))} has no ICMP messages; use icmp and icmpv6, or leave them out", HcnErrorCode.InvalidPolicy);
        Backwards(rule.LocalPorts, "LocalPorts", here);
        Backwards(rule.RemotePorts, "RemotePorts", here);
    }

    private static void Backwards(ImmutableArray<PortInterval> ports, string member, FindingCollector here)
    {
        foreach (var interval in ports)
        {
            if (interval.First > interval.Last)
                here.At(member).Add($"range {interval} ends before it begins; write {interval.Last}-{interval.First}", HcnErrorCode.InvalidPolicy);
        }
    }
}
