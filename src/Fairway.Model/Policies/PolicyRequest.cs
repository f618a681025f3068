using System.Collections.Immutable;
using Fairway.Model.Errors;

namespace Fairway.Model.Policies;

/// <summary>Ways to ask for a change of access rules, by what the rules say rather than by their numbers.</summary>
public static class PolicyRequest
{
    /// <summary>Takes rules away.</summary>
    /// <exception cref="FairwayException">NotFound: one of them is not there.</exception>
    public static PolicyChange Remove(PolicySet present, ImmutableArray<AclRule> rules)
    {
        ArgumentNullException.ThrowIfNull(present);
        return PolicyChange.Remove([.. rules.Select((rule, index) => present.Same(rule)
            ?? throw NotFound($"$[{index}]", $"rule {Text(rule)}", "no such rule is there; list the rules for what there is")).DistinctBy(rule => rule.Number)]);
    }

    /// <summary>Takes rules away by their numbers or ids.</summary>
    /// <exception cref="FairwayException">NotFound: one of them is not there.</exception>
    public static PolicyChange RemoveNamed(PolicySet present, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(present);
        return PolicyChange.Remove([.. names.SelectMany(name => Named(present, name)).DistinctBy(rule => rule.Number)]);
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

    private static List<AclRule> Named(PolicySet present, string name)
    {
        if (uint.TryParse(name, out var number) && present.Rules.TryGetValue(number, out var numbered)) return [numbered];
        var found = present.Called(name).ToList();
        return found.Count > 0 ? found : throw NotFound("$", $"rule '{name}'", $"no rule has number or id '{name}'; list the rules for what there is");
    }

    // Rules that say the same agree in these; whether they do say the same is compared then.
    private static (string?, PolicyDirection, ushort, string, int) Key(AclRule rule) => (rule.Id, rule.Direction, rule.Priority, rule.Remote.ToString(), rule.RemotePorts.Length);

    private static string Text(AclRule rule) => rule.Id is null ? $"{rule.Direction} {rule.Action} {rule.Remote}" : $"'{rule.Id}'";

    private static FairwayException NotFound(string path, string subject, string message) =>
        new(ErrorKind.NotFound, subject, $"remove {subject}: {message}", HcnErrorCode.PolicyNotFound) { Findings = [new Finding(path, message, HcnErrorCode.PolicyNotFound)] };
}
