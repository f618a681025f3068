namespace Fairway.Dataplane.Policies;

/// <summary>The services of a node, divided among its rules. Nodes with the same rules share one.</summary>
internal sealed class RuleTable(RuleEntry[] rules, int family, RuleCell[] cells)
{
    /// <summary>More would not be worth their memory: two for every port of every protocol that has some.</summary>
    public const int MaxCells = 1 << 18;

    public RuleEntry[] Rules => rules;

    public int Family => family;

    public ReadOnlySpan<RuleCell> Cells => cells;

    public int Lines => (((cells.Length + 1) * RuleLines.CellWords) + RuleLines.Words - 1) / RuleLines.Words;

    /// <summary>Where it stands; 0 while it stands nowhere.</summary>
    public int Line { get; set; }

    /// <summary>Nodes that use it.</summary>
    public int Users { get; set; }

    /// <summary>As if it had never stood anywhere.</summary>
    public void Reset() => (Line, Users) = (0, 0);

    public void Write(Span<uint> lines)
    {
        lines[..RuleLines.CellWords].Clear();
        lines[0] = (uint)cells.Length;
        for (int i = 0; i < cells.Length; i++)
            cells[i].Write(lines[((i + 1) * RuleLines.CellWords)..]);
    }

    /// <summary>Divides the services among rules.</summary>
    /// <param name="rules">The rules of a node, the one that is asked first at the beginning.</param>
    /// <param name="family">Which services of them count.</param>
    public static RuleTable Of(RuleEntry[] rules, int family)
    {
        if (rules is [var only] && only.Services(family) is [var interval])
            return new RuleTable(rules, family, Single(only, interval));
        ServiceStarts starts = ServiceStarts.Of(rules, family);
        var owners = new RuleEntry?[starts.Count];
        int[] next = new int[starts.Count + 1];
        for (int i = 0; i < next.Length; i++)
            next[i] = i;
        foreach (RuleEntry rule in rules)
        {
            foreach (ServiceInterval services in rule.Services(family))
            {
                // Every interval is painted once, by the first rule that is about it; painted ones are skipped in one step.
                int end = starts.IndexOf(services.Last + 1);
                for (int i = Unpainted(next, starts.IndexOf(services.First)); i < end; i = Unpainted(next, i))
                {
                    owners[i] = rule;
                    next[i] = i + 1;
                }
            }
        }
        return new RuleTable(rules, family, Merge(starts, owners));
    }

    /// <summary>Nothing, the rule, nothing: what most rules come to.</summary>
    private static RuleCell[] Single(RuleEntry rule, ServiceInterval services)
    {
        var cell = RuleCell.Of(services.First, rule.Rule);
        bool toTheEnd = services.Last == ServiceInterval.End - 1;
        return (services.First, toTheEnd) switch
        {
            (0, true) => [cell],
            (0, false) => [cell, RuleCell.Nothing(services.Last + 1)],
            (_, true) => [RuleCell.Nothing(0), cell],
            _ => [RuleCell.Nothing(0), cell, RuleCell.Nothing(services.Last + 1)],
        };
    }

    /// <summary>The first interval not painted, from one on.</summary>
    private static int Unpainted(int[] next, int from)
    {
        int found = from;
        while (next[found] != found)
            found = next[found];
        while (next[from] != from)
            (next[from], from) = (found, next[from]);
        return found;
    }

    private static RuleCell[] Merge(ServiceStarts starts, RuleEntry?[] owners)
    {
        var cells = new List<RuleCell>(starts.Count);
        for (int i = 0; i < owners.Length; i++)
        {
            if (i == 0 || owners[i] != owners[i - 1])
                cells.Add(owners[i] is { } owner ? RuleCell.Of(starts[i], owner.Rule) : RuleCell.Nothing(starts[i]));
        }
        return [.. cells];
    }
}
