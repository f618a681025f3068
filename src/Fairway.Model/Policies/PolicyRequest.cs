using System.Collections.Immutable;
using Fairway.Model.Errors;

namespace Fairway.Model.Policies;

/// <summary>Ways to ask for a change of access rules, by what the rules say rather than by their numbers.</summary>
public static class PolicyRequest
{
    // Fewer are looked for one by one: sorting out 100,000 rules takes as long as looking at all of them several times.
    private const int Few = 4;

    /// <summary>Takes rules away.</summary>
    /// <exception cref="FairwayException">NotFound: one of them is not there.</exception>
    public static PolicyChange Remove(PolicySet present, ImmutableArray<AclRule> rules)
    {
        ArgumentNullException.ThrowIfNull(present);
        var candidates = Index(present, rules.Length, Key);
        return PolicyChange.Remove([.. rules.Select((rule, index) => candidates(Key(rule)).FirstOrDefault(rule.IsSame)
            ?? throw NotFound($"$[{index}]", $"rule {Text(rule)}", "no such rule is there; list the rules for what there is")).DistinctBy(rule => rule.Number)]);
    }

    /// <summary>Takes rules away by their numbers or ids.</summary>
    /// <exception cref="FairwayException">NotFound: one of them is not there.</exception>
    public static PolicyChange RemoveNamed(PolicySet present, IReadOnlyCollection<string> names)
    {
        ArgumentNullException.ThrowIfNull(present);
        ArgumentNullException.ThrowIfNull(names);
        var candidates = Index(present, names.Count, rule => rule.Id);
        return PolicyChange.Remove([.. names.SelectMany(name => Named(present, name, candidates)).DistinctBy(rule => rule.Number)]);
    }

    /// <summary>Brings rules to exactly these; those that say the same stay untouched.</summary>
    public static PolicyChange Replace(PolicySet present, ImmutableArray<AclRule> rules)
    {
        ArgumentNullException.ThrowIfNull(present);
        var left = present.Rules.Values.ToLookup(Key).ToDictionary(group => group.Key, group => group.ToList());
        var added = ImmutableArray.CreateBuilder<AclRule>();
        foreach (var rule in rules)
        {
            var same = left.TryGetValue(Key(rule), out var candidates) ? candidates.FindIndex(rule.IsSame) : -1;
            if (same < 0) added.Add(rule);
            else candidates!.RemoveAt(same);
        }
        return new PolicyChange([.. left.Values.SelectMany(rest => rest)], added.ToImmutable(), [], []);
    }

    /// <summary>What finds the rules with a key.</summary>
    private static Func<TKey, IEnumerable<AclRule>> Index<TKey>(PolicySet present, int wanted, Func<AclRule, TKey> key)
    {
        if (wanted <= Few) return value => present.Rules.Values.Where(rule => EqualityComparer<TKey>.Default.Equals(key(rule), value));
        var byKey = present.Rules.Values.ToLookup(key);
        return value => byKey[value];
    }

    private static List<AclRule> Named(PolicySet present, string name, Func<string, IEnumerable<AclRule>> candidates)
    {
        if (uint.TryParse(name, out var number) && present.Rules.TryGetValue(number, out var numbered)) return [numbered];
        var found = candidates(name).ToList();
        return found.Count > 0 ? found : throw NotFound("$", $"rule '{name}'", $"no rule has number or id '{name}'; list the rules for what there is");
    }

    private static (string?, PolicyDirection, ushort, string, int) Key(AclRule rule) => (rule.Id, rule.Direction, rule.Priority, rule.Remote.ToString(), rule.RemotePorts.Length);

    private static string Text(AclRule rule) => rule.Id is null ? $"{rule.Direction} {rule.Action} {rule.Remote}" : $"'{rule.Id}'";

    private static FairwayException NotFound(string path, string subject, string message) =>
        new(ErrorKind.NotFound, subject, $"remove {subject}: {message}", HcnErrorCode.PolicyNotFound) { Findings = [new Finding(path, message, HcnErrorCode.PolicyNotFound)] };
}
