using System.Collections.Immutable;
using System.Net;

namespace Fairway.Model.Policies;

/// <summary>The address sets of a network, by id. An id nobody defined is an empty set: a rule about it matches nothing.</summary>
public sealed record AddressSets(ImmutableDictionary<string, AddressSet> ById)
{
    /// <summary>No sets.</summary>
    public static AddressSets None { get; } = new(ImmutableDictionary<string, AddressSet>.Empty);

    /// <summary>The prefixes of a set, those of its members included; some may be given twice.</summary>
    public IEnumerable<IPNetwork> PrefixesOf(string id)
    {
        if (!ById.TryGetValue(id, out var set)) return [];
        return set.Nested
            ? set.Sets.Where(ById.ContainsKey).SelectMany(member => ById[member].Prefixes)
            : set.Prefixes;
    }

    /// <summary>The prefixes one side of a rule stands for; null for every address.</summary>
    public IEnumerable<IPNetwork>? PrefixesOf(AddressMatch match)
    {
        ArgumentNullException.ThrowIfNull(match);
        return match.IsAny() ? null : match.Prefixes.Concat(match.Sets.SelectMany(PrefixesOf));
    }
}
