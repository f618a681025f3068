using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Fairway.Model.Addressing;
using Fairway.Model.Policies;

namespace Fairway.Testing.Policies;

/// <summary>
/// Access rules and connections at random, out of so small a world that rules overlap, shadow each other and are met on their edges.
/// </summary>
/// <param name="random">Decides.</param>
/// <param name="local">The endpoint's addresses, one of each family.</param>
/// <param name="remotes">Addresses it talks with.</param>
/// <param name="isNetwork">Whether the rules are a network's.</param>
public sealed class RandomPolicies(Random random, IReadOnlyList<IPAddress> local, IReadOnlyList<IPAddress> remotes, bool isNetwork = false)
{
    private static readonly byte[] s_protocols = [1, 6, 6, 6, 17, 17, 58, 132];
    private static readonly ushort[] s_edges = [0, 1, 22, 53, 79, 80, 81, 443, 1023, 1024, 8000, 8080, 32768, 65534, 65535];
    private static readonly string[] s_sets = ["few", "many", "nested", "nobody"];
    private static readonly (string Name, ushort Order)[] s_tiers = [("first", 1), ("second", 2), ("beside", 2), ("last", 300)];

    private uint _number;

    /// <summary>A rule.</summary>
    public AclRule Rule()
    {
        bool icmp = Chance(0.1);
        bool ports = !icmp && Chance(0.6);
        bool tiered = !isNetwork && Chance(0.5);
        (string name, ushort order) = tiered ? Pick(s_tiers) : ("", (ushort)0);
        return new AclRule
        {
            Number = ++_number,
            Kind = isNetwork ? PolicyKind.NetworkAcl : tiered ? PolicyKind.TierAcl : PolicyKind.Acl,
            Tier = tiered ? name : null,
            Order = order,
            Direction = (PolicyDirection)random.Next(2),
            Action = Pick([PolicyAction.Allow, PolicyAction.Allow, PolicyAction.Block, PolicyAction.Block, PolicyAction.Pass]),
            Priority = (ushort)random.Next(6),
            Protocols = icmp ? Some<byte>([1, 58]) : ports ? Some<byte>([6, 17]) : Chance(0.5) ? [] : [Pick(s_protocols)],
            Local = Match(local),
            Remote = Match(remotes),
            LocalPorts = ports && Chance(0.6) ? Ports() : [],
            RemotePorts = ports && Chance(0.6) ? Ports() : [],
            IcmpMessages = icmp ? [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => new IcmpMessage((byte)random.Next(3), Chance(0.5) ? (byte)random.Next(3) : null))] : [],
        };
    }

    /// <summary>Address sets of a network.</summary>
    public AddressSets Sets()
    {
        AddressSet[] sets =
        [
            new AddressSet { Id = "few", Prefixes = [.. Prefixes(remotes, random.Next(3))] },
            new AddressSet { Id = "many", Prefixes = [.. Prefixes([.. remotes, .. local], 12)] },
            new AddressSet { Id = "nested", Nested = true, Sets = [.. Some(["few", "many"])] },
        ];
        return new AddressSets(sets.ToImmutableDictionary(set => set.Id));
    }

    /// <summary>A connection.</summary>
    public PolicyTuple Tuple()
    {
        IPAddress remote = Pick(remotes);
        IPAddress own = local.First(address => address.AddressFamily == remote.AddressFamily);
        byte protocol = Pick(s_protocols);
        bool ports = protocol is 6 or 17;
        bool icmp = protocol == (remote.AddressFamily == AddressFamily.InterNetwork ? 1 : 58);
        return new PolicyTuple((PolicyDirection)random.Next(2), own, remote, protocol, ports ? Pick(s_edges) : (ushort)0, ports ? Pick(s_edges) : (ushort)0,
            icmp ? new IcmpMessage((byte)random.Next(3), (byte)random.Next(3)) : null);
    }

    /// <summary>True once in a while.</summary>
    public bool Chance(double probability) => random.NextDouble() < probability;

    private AddressMatch Match(IReadOnlyList<IPAddress> addresses) => random.Next(6) switch
    {
        0 or 1 => AddressMatch.Any,
        2 => new AddressMatch { Sets = [Pick(s_sets)] },
        _ => new AddressMatch { Prefixes = [.. Prefixes(addresses, random.Next(1, 4))] },
    };

    private IEnumerable<IPNetwork> Prefixes(IReadOnlyList<IPAddress> addresses, int count)
    {
        for (int i = 0; i < count; i++)
        {
            IPAddress address = Pick(addresses);
            int bits = address.Bits;
            int length = random.Next(4) switch { 0 => bits, 1 => random.Next(bits + 1), 2 => bits - random.Next(9), _ => bits / 2 };
            yield return new IPNetwork(address.Masked(length), length);
        }
    }

    private ImmutableArray<PortInterval> Ports() => [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ =>
    {
        (ushort one, ushort other) = (Pick(s_edges), Chance(0.5) ? Pick(s_edges) : (ushort)random.Next(65536));
        return Chance(0.4) ? new PortInterval(one, one) : new PortInterval(Math.Min(one, other), Math.Max(one, other));
    })];

    private ImmutableArray<T> Some<T>(ImmutableArray<T> all)
    {
        ImmutableArray<T> some = [.. all.Where(_ => Chance(0.5))];
        return some.IsEmpty ? all : some;
    }

    private T Pick<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];
}
