namespace Fairway.Dataplane.Policies;

/// <summary>The rules that ask the same of addresses and of the other side's port.</summary>
internal sealed class RuleNode(NodeKey key)
{
    private const int FewAdded = 8;

    public NodeKey Key => key;

    // Sorted by rank, but for those at the end that came since. Most nodes have one rule only, and no list for it.
    private List<RuleEntry>? _rules;
    private int _sorted;

    public bool IsEmpty => Only is null && _rules is not { Count: > 0 };

    /// <summary>Its rule, when it has one and never had more.</summary>
    public RuleEntry? Only { get; private set; }

    /// <summary>Whether the change under way has touched it.</summary>
    public bool IsTouched { get; set; }

    /// <summary>What the image leads to from here; null when it leads nowhere.</summary>
    public RuleTable? Table { get; set; }

    /// <summary>Its slot's line, or 0.</summary>
    public int Slot { get; set; }

    /// <summary>Its rules, the one that is asked first at the beginning.</summary>
    public RuleEntry[] Rules()
    {
        if (_rules is null)
            return Only is { } only ? [only] : [];
        if (_sorted + FewAdded < _rules.Count)
        {
            _rules.Sort((one, other) => one.Rank.CompareTo(other.Rank));
            _sorted = _rules.Count;
        }
        for (; _sorted < _rules.Count; _sorted++)
        {
            RuleEntry added = _rules[_sorted];
            int at = IndexOf(_rules, added);
            if (~at == _sorted)
                continue;
            _rules.RemoveAt(_sorted);
            _rules.Insert(~at, added);
        }
        return [.. _rules];
    }

    public void Add(RuleEntry rule)
    {
        if (IsEmpty && _rules is null)
        {
            Only = rule;
            return;
        }
        _rules ??= [Only!];
        Only = null;
        _rules.Add(rule);
    }

    public void Remove(RuleEntry rule)
    {
        if (_rules is null)
        {
            Only = null;
            return;
        }
        int at = IndexOf(_rules, rule);
        if (at >= 0)
            _sorted--;
        _rules.RemoveAt(at >= 0 ? at : _rules.IndexOf(rule, _sorted));
    }

    private int IndexOf(List<RuleEntry> rules, RuleEntry rule)
    {
        (int low, int high) = (0, _sorted - 1);
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (rules[middle].Rank == rule.Rank)
                return middle;
            if (rules[middle].Rank < rule.Rank)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return ~low;
    }
}
