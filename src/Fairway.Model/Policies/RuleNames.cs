using System.Collections.Immutable;

namespace Fairway.Model.Policies;

/// <summary>Numbers of rules by their ids: those of some set, and beside them what has changed since, so that a change costs what it touches.</summary>
internal sealed class RuleNames
{
    private const int FewChanges = 1000;

    private readonly Dictionary<string, ImmutableArray<uint>> _then;
    private readonly ImmutableDictionary<string, ImmutableArray<uint>> _since;

    private RuleNames(Dictionary<string, ImmutableArray<uint>> then, ImmutableDictionary<string, ImmutableArray<uint>> since) => (_then, _since) = (then, since);

    public static RuleNames Of(ImmutableSortedDictionary<uint, AclRule> rules)
    {
        var names = new Dictionary<string, ImmutableArray<uint>>(rules.Count, StringComparer.Ordinal);
        foreach (var (number, rule) in rules)
        {
            if (rule.Id is not { } id) continue;
            if (!names.TryAdd(id, [number])) names[id] = names[id].Add(number);
        }
        return new RuleNames(names, ImmutableDictionary.Create<string, ImmutableArray<uint>>(StringComparer.Ordinal));
    }

    public ImmutableArray<uint> Called(string id) => _since.TryGetValue(id, out var now) ? now : _then.GetValueOrDefault(id, []);

    /// <summary>The index after a change: what has gone or was replaced is looked up in what was, the rest in what is. Null after so many that a new one is cheaper.</summary>
    public RuleNames? With(ImmutableSortedDictionary<uint, AclRule> before, ImmutableSortedDictionary<uint, AclRule> after, PolicyChange made)
    {
        if (_since.Count + made.Removed.Length + made.Added.Length > FewChanges + (_then.Count / 2)) return null;
        var since = _since.ToBuilder();
        ImmutableArray<uint> Now(string id) => since.TryGetValue(id, out var now) ? now : _then.GetValueOrDefault(id, []);
        foreach (var number in made.Removed.Concat(made.Added).Select(rule => rule.Number).Distinct())
        {
            var (old, name) = (before.GetValueOrDefault(number)?.Id, after.GetValueOrDefault(number)?.Id);
            if (old == name) continue;
            if (old is not null) since[old] = Now(old).Remove(number);
            if (name is not null) since[name] = [.. Now(name).Add(number).Order()];
        }
        return new RuleNames(_then, since.ToImmutable());
    }
}
