using System.Collections.Immutable;
using System.Net;
using Fairway.Model.Addressing;

namespace Fairway.Model.Policies;

/// <summary>
/// Access rules, read one after the other: the plainest form of what they mean. The switch works with a compiled form and must
/// agree with this one.
/// </summary>
public static class PolicyEvaluator
{
    private const byte Icmp = 1;
    private const byte Tcp = 6;
    private const byte Udp = 17;
    private const byte IcmpV6 = 58;

    /// <summary>Asks all rules about one connection.</summary>
    /// <param name="rules">The rules of the endpoint and of its network, in any order.</param>
    /// <param name="sets">The network's address sets.</param>
    /// <param name="tuple">The connection.</param>
    public static PolicyVerdict Evaluate(IEnumerable<AclRule> rules, AddressSets sets, PolicyTuple tuple)
    {
        ArgumentNullException.ThrowIfNull(tuple);
        var asked = rules.Where(rule => rule.Direction == tuple.Direction).ToList();
        var tiers = asked.GroupBy(rule => (rule.Kind, rule.Order, rule.Tier)).OrderBy(tier => tier.Key.Kind).ThenBy(tier => tier.Key.Order)
            .ThenBy(tier => tier.Key.Tier, StringComparer.Ordinal);
        foreach (var tier in tiers)
        {
            var first = tier.OrderBy(rule => rule.Priority).ThenBy(rule => rule.Number).FirstOrDefault(rule => Matches(rule, sets, tuple));
            if (first is not null && first.Action != PolicyAction.Pass) return new PolicyVerdict(first.Action == PolicyAction.Allow, first);
        }
        return new PolicyVerdict(asked is [], null);
    }

    /// <summary>True when a rule is about a connection.</summary>
    public static bool Matches(AclRule rule, AddressSets sets, PolicyTuple tuple)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(sets);
        ArgumentNullException.ThrowIfNull(tuple);
        return rule.Direction == tuple.Direction
            && (rule.Protocols.IsEmpty || rule.Protocols.Contains(tuple.Protocol))
            && Covers(sets.PrefixesOf(rule.Local), tuple.Local)
            && Covers(sets.PrefixesOf(rule.Remote), tuple.Remote)
            && (rule.LocalPorts.IsEmpty && rule.RemotePorts.IsEmpty || tuple.Protocol is Tcp or Udp)
            && Covers(rule.LocalPorts, tuple.LocalPort)
            && Covers(rule.RemotePorts, tuple.RemotePort)
            && Covers(rule.IcmpMessages, tuple);
    }

    private static bool Covers(IEnumerable<IPNetwork>? prefixes, IPAddress address) => prefixes is null || prefixes.Any(prefix => prefix.Covers(address));

    private static bool Covers(ImmutableArray<PortInterval> ports, ushort port) => ports.IsEmpty || ports.Any(interval => interval.Contains(port));

    private static bool Covers(ImmutableArray<IcmpMessage> messages, PolicyTuple tuple) => messages.IsEmpty
        || (tuple.Protocol is Icmp or IcmpV6 && messages.Any(message => message.Type == tuple.Icmp?.Type && (message.Code is null || message.Code == tuple.Icmp?.Code)));
}
