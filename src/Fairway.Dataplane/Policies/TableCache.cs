namespace Fairway.Dataplane.Policies;

/// <summary>Tables by the rules they divide services among: the members of an address set have one table, not one each.</summary>
internal sealed class TableCache
{
    // Longer lists are compared for longer than they would be found again.
    private const int MaxShared = 64;

    private readonly Dictionary<(RuleEntry[] Rules, int Family), RuleTable> _tables = new(new SameRules());

    public RuleTable Find(RuleNode node)
    {
        int family = node.Key.Family;
        if (node.Only is { } only)
            return only.Alone(family);
        RuleEntry[] rules = node.Rules();
        if (rules.Length == 1)
            return rules[0].Alone(family);
        if (rules.Length > MaxShared)
            return RuleTable.Of(rules, family);
        if (_tables.TryGetValue((rules, family), out RuleTable? table))
            return table;
        table = RuleTable.Of(rules, family);
        _tables.Add((rules, family), table);
        return table;
    }

    /// <summary>Forgets a table nobody uses.</summary>
    public void Forget(RuleTable table)
    {
        if (table.Rules.Length is > 1 and <= MaxShared)
            _tables.Remove((table.Rules, table.Family));
    }

    public void Clear() => _tables.Clear();

    private sealed class SameRules : IEqualityComparer<(RuleEntry[] Rules, int Family)>
    {
        public bool Equals((RuleEntry[] Rules, int Family) x, (RuleEntry[] Rules, int Family) y) => x.Family == y.Family && x.Rules.AsSpan().SequenceEqual(y.Rules);

        public int GetHashCode((RuleEntry[] Rules, int Family) key)
        {
            var hash = new HashCode();
            hash.Add(key.Family);
            foreach (RuleEntry rule in key.Rules)
                hash.Add(rule.Rank);
            return hash.ToHashCode();
        }
    }
}
