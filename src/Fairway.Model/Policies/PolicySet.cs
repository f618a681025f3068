using System.Collections.Immutable;

namespace Fairway.Model.Policies;

/// <summary>The access rules of one endpoint or network, and a network's address sets. Immutable: a change makes another one.</summary>
/// <remarks>
/// The last changes are kept with it, so that whoever has an earlier version finds the difference without comparing 100,000 rules.
/// </remarks>
public sealed class PolicySet
{
    private const int KeptChanges = 32;
    private const int FewRules = 1000;

    private readonly Step? _last;

    private readonly RuleIndex _index;

    private PolicySet(Guid owner, ImmutableSortedDictionary<uint, AclRule> rules, RuleIndex index, AddressSets sets, uint lastNumber, Step? last)
    {
        _index = index;
        Owner = owner;
        Rules = rules;
        Sets = sets;
        LastNumber = lastNumber;
        _last = last;
    }

    /// <summary>The endpoint or network it is about.</summary>
    public Guid Owner { get; }

    /// <summary>Its rules, by number.</summary>
    public ImmutableSortedDictionary<uint, AclRule> Rules { get; }

    /// <summary>Its address sets; networks only.</summary>
    public AddressSets Sets { get; }

    /// <summary>The highest number ever given to a rule of it.</summary>
    public uint LastNumber { get; }

    /// <summary>True when there is nothing to keep.</summary>
    public bool IsEmpty => Rules.IsEmpty && Sets.ById.IsEmpty;

    /// <summary>The rules that are called so, by number.</summary>
    public IEnumerable<AclRule> Called(string id) => Found(_index.Find(id)).Where(rule => rule.Id == id);

    /// <summary>The first rule that says the same, whatever its number; null when none does.</summary>
    public AclRule? Same(AclRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return Found(_index.Find(rule)).FirstOrDefault(rule.IsSame);
    }

    /// <summary>No rules.</summary>
    public static PolicySet Empty(Guid owner) => Load(owner, [], [], 0);

    /// <summary>A set as it was stored.</summary>
    public static PolicySet Load(Guid owner, IEnumerable<AclRule> rules, IEnumerable<AddressSet> sets, uint lastNumber)
    {
        var byNumber = rules.ToImmutableSortedDictionary(rule => rule.Number, rule => rule);
        return new PolicySet(owner, byNumber, new RuleIndex([.. byNumber.Values]), new AddressSets(sets.ToImmutableDictionary(set => set.Id)), lastNumber, null);
    }

    /// <summary>The set after a change; rules without a number are given one.</summary>
    /// <param name="change">What to change. Rules are removed by their numbers.</param>
    /// <param name="made">The change with the numbers given.</param>
    public PolicySet With(PolicyChange change, out PolicyChange made)
    {
        ArgumentNullException.ThrowIfNull(change);
        var number = LastNumber;
        made = change with { Added = [.. change.Added.Select(rule => rule with { Number = rule.Number == 0 ? ++number : rule.Number })] };
        var rules = Rules.ToBuilder();
        rules.RemoveRange(made.Removed.Select(rule => rule.Number));
        foreach (var rule in made.Added)
            rules[rule.Number] = rule;
        var sets = Sets.ById.RemoveRange(made.RemovedSets).SetItems(made.AddedSets.Select(set => KeyValuePair.Create(set.Id, set)));
        var after = rules.ToImmutable();
        return new PolicySet(Owner, after, IndexWith(made.Added, after), new AddressSets(sets), number, new Step(made, this, _last));
    }

    /// <summary>The change that undoes the last one.</summary>
    /// <param name="made">The last change, as it was made.</param>
    public PolicyChange Before(PolicyChange made)
    {
        ArgumentNullException.ThrowIfNull(made);
        var before = _last is { } step && step.Change == made && step.Before.TryGetTarget(out var set) ? set.Sets.ById : ImmutableDictionary<string, AddressSet>.Empty;
        return new PolicyChange(made.Added, made.Removed,
            [.. made.AddedSets.Select(set => set.Id).Where(id => !before.ContainsKey(id))],
            [.. made.AddedSets.Select(set => set.Id).Concat(made.RemovedSets).Where(before.ContainsKey).Select(id => before[id])]);
    }

    /// <summary>The changes that lead from an earlier version to this one, oldest first; null when they are not known any more.</summary>
    public IReadOnlyList<PolicyChange>? ChangesSince(PolicySet earlier)
    {
        if (ReferenceEquals(earlier, this)) return [];
        var changes = new List<PolicyChange>();
        for (var step = _last; step is not null; step = step.Earlier)
        {
            changes.Add(step.Change);
            if (!step.Before.TryGetTarget(out var before) || !ReferenceEquals(before, earlier)) continue;
            changes.Reverse();
            return changes;
        }
        return null;
    }

    private IEnumerable<AclRule> Found(IEnumerable<uint> numbers) => numbers.Select(number => Rules.GetValueOrDefault(number)).OfType<AclRule>();

    // Made anew when most of it is about rules that are gone.
    private RuleIndex IndexWith(ImmutableArray<AclRule> added, ImmutableSortedDictionary<uint, AclRule> after)
    {
        if (_index.Count > FewRules + (2 * after.Count)) return new RuleIndex([.. after.Values]);
        _index.Add(added);
        return _index;
    }

    private sealed class Step
    {
        public Step(PolicyChange change, PolicySet before, Step? earlier)
        {
            Change = change;
            Before = new WeakReference<PolicySet>(before);
            Depth = earlier is null ? 1 : earlier.Depth + 1;
            // Half of the chain at a time, so that dropping the end costs little.
            if (Depth < 2 * KeptChanges)
                Earlier = earlier;
            else
                (Earlier, Depth) = (earlier!.Copy(KeptChanges), KeptChanges + 1);
        }

        private Step(Step other, Step? earlier, int depth) => (Change, Before, Earlier, Depth) = (other.Change, other.Before, earlier, depth);

        public PolicyChange Change { get; }

        public WeakReference<PolicySet> Before { get; }

        public Step? Earlier { get; }

        public int Depth { get; }

        private Step? Copy(int length) => length == 0 ? null : new Step(this, Earlier?.Copy(length - 1), length);
    }
}
