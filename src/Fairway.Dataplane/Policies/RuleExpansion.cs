using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Fairway.Model.Addressing;
using Fairway.Model.Policies;

namespace Fairway.Dataplane.Policies;

/// <summary>Takes a rule apart: the nodes it stands at, and the services it is about there.</summary>
internal static class RuleExpansion
{
    private const byte Tcp = 6;
    private const byte Udp = 17;
    private const int MappedBits = 96;
    private static readonly UInt128 s_mapped = (UInt128)0xFFFF << 32;

    // By family.
    private static readonly byte[] s_icmp = [1, 58];

    /// <summary>The nodes a rule stands at, as many as it has pairs of prefixes, times the blocks its other ports fall into.</summary>
    public static NodeKey[] Nodes(RuleEntry entry, AddressSets sets, int tier)
    {
        AclRule rule = entry.Rule;
        if (Single(entry, tier) is { } only)
            return [only];
        List<(uint Value, int Length)> others = Blocks(rule.Direction == PolicyDirection.In ? rule.RemotePorts : rule.LocalPorts);
        var nodes = new List<NodeKey>();
        for (int family = 0; family < 2; family++)
        {
            if (entry.Services(family).IsEmpty)
                continue;
            uint list = NodeKey.ListOf(tier, (int)rule.Direction, family);
            List<(UInt128 Value, int Length)> remotes = Prefixes(rule.Remote, sets, family);
            foreach ((UInt128 local, int localLength) in Prefixes(rule.Local, sets, family))
            {
                foreach ((UInt128 remote, int remoteLength) in remotes)
                {
                    foreach ((uint other, int otherLength) in others)
                        nodes.Add(new NodeKey(list, NodeKey.LengthsOf(localLength, remoteLength, otherLength), other, local, remote));
                }
            }
        }
        return nodes.Count > 1 ? [.. nodes.Distinct()] : [.. nodes];
    }

    /// <summary>The only node of a rule about one prefix of the other side: what most rules are, 100,000 of them.</summary>
    private static NodeKey? Single(RuleEntry entry, int tier)
    {
        AclRule rule = entry.Rule;
        if (rule.Remote is not { Prefixes: [var prefix], Sets: [] } || !rule.Local.IsAny() || !(rule.Direction == PolicyDirection.In ? rule.RemotePorts : rule.LocalPorts).IsEmpty)
            return null;
        int family = prefix.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 0 : 1;
        if (entry.Services(family).IsEmpty)
            return null;
        (UInt128 remote, int length) = Value(prefix);
        return new NodeKey(NodeKey.ListOf(tier, (int)rule.Direction, family), NodeKey.LengthsOf(0, length, 0), 0, 0, remote);
    }

    /// <summary>The services a rule is about, in one family.</summary>
    public static ImmutableArray<ServiceInterval> Services(AclRule rule, int family)
    {
        if (rule.Protocols is [Tcp or Udp] && rule.IcmpMessages.IsEmpty && Called(rule) is [var only])
            return [ServiceInterval.Of(rule.Protocols[0], only.First, only.Last)];
        bool ports = !rule.LocalPorts.IsEmpty || !rule.RemotePorts.IsEmpty;
        bool icmp = !rule.IcmpMessages.IsEmpty;
        if (rule.Protocols.IsEmpty && !ports && !icmp)
            return [ServiceInterval.All];
        IEnumerable<byte> protocols = !rule.Protocols.IsEmpty ? rule.Protocols : icmp ? s_icmp : [Tcp, Udp];
        if (ports)
            protocols = protocols.Where(protocol => protocol is Tcp or Udp);
        if (icmp)
            protocols = protocols.Where(protocol => protocol == s_icmp[family]);
        return [.. protocols.Distinct().SelectMany(protocol => Services(rule, protocol))];
    }

    private static IEnumerable<ServiceInterval> Services(AclRule rule, byte protocol)
    {
        ImmutableArray<PortInterval> called = Called(rule);
        if (!rule.IcmpMessages.IsEmpty)
        {
            return rule.IcmpMessages.Select(message => message.Code is { } code
                ? ServiceInterval.Of(protocol, (ushort)(message.Type << 8 | code), (ushort)(message.Type << 8 | code))
                : ServiceInterval.Of(protocol, (ushort)(message.Type << 8), (ushort)(message.Type << 8 | 0xFF)));
        }
        return called.IsEmpty
            ? [ServiceInterval.Of(protocol, 0, ushort.MaxValue)]
            : called.Select(interval => ServiceInterval.Of(protocol, interval.First, interval.Last));
    }

    private static ImmutableArray<PortInterval> Called(AclRule rule) => rule.Direction == PolicyDirection.In ? rule.LocalPorts : rule.RemotePorts;

    /// <summary>Prefixes of one family as masked values. All of IPv4 and all of IPv6 have length 0: the lists of the families are apart.</summary>
    private static List<(UInt128 Value, int Length)> Prefixes(AddressMatch match, AddressSets sets, int family)
    {
        if (match.IsAny())
            return [(0, 0)];
        AddressFamily wanted = family == 0 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
        var values = new List<(UInt128, int)>();
        foreach (IPNetwork prefix in match.Sets.IsEmpty ? match.Prefixes : sets.PrefixesOf(match)!)
        {
            if (prefix.BaseAddress.AddressFamily == wanted)
                values.Add(Value(prefix));
        }
        return values.Count > 1 ? [.. values.Distinct()] : values;
    }

    private static (UInt128 Value, int Length) Value(IPNetwork prefix)
    {
        if (prefix.PrefixLength == 0)
            return (0, 0);
        return prefix.BaseAddress.AddressFamily == AddressFamily.InterNetwork
            ? (s_mapped | prefix.BaseAddress.ToNumber(), MappedBits + prefix.PrefixLength)
            : (prefix.BaseAddress.ToNumber(), prefix.PrefixLength);
    }

    /// <summary>Ranges of ports as aligned blocks whose sizes are powers of two.</summary>
    private static List<(uint Value, int Length)> Blocks(ImmutableArray<PortInterval> ports)
    {
        if (ports.IsEmpty)
            return [(0, 0)];
        var blocks = new List<(uint, int)>();
        foreach (PortInterval interval in ports)
        {
            for (uint next = interval.First; next <= interval.Last;)
            {
                int bits = next == 0 ? 16 : int.Min(16, System.Numerics.BitOperations.TrailingZeroCount(next));
                while (next + (1u << bits) - 1 > interval.Last)
                    bits--;
                blocks.Add((next, 16 - bits));
                next += 1u << bits;
            }
        }
        return blocks;
    }
}
