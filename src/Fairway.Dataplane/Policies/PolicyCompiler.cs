using System.Collections.Immutable;
using System.Numerics;
using Fairway.Model.Errors;
using Fairway.Model.Policies;

namespace Fairway.Dataplane.Policies;

/// <summary>
/// Compiles the rules of one endpoint or network into an image, and changes it rule by rule. A change costs what the rule touches: its nodes,
/// their tables, the list of shapes. An image takes 64 bytes for a node, as much again for its slot's share of the room left free, 16
/// for a cell, and room for more: about 25 MB for 100,000 rules, 30 when they came in portions.
/// </summary>
internal sealed class PolicyCompiler(Func<int, ImageMemory> allocate) : IDisposable
{
    /// <summary>Combinations of prefix lengths a connection may cost a look each, in one direction and family.</summary>
    public const int MaxShapes = 2048;

    /// <summary>Pairs of prefixes, address sets written out.</summary>
    public const int MaxNodes = 1 << 20;

    private const int SpareLines = 64;

    /// <summary>Between these an image grows fast: below, thousands of owners may have one; above, it takes tens of megabytes.</summary>
    private const int FewNodes = 1_000, ManyNodes = 40_000;

    private readonly Dictionary<NodeKey, RuleNode> _nodes = [];
    private readonly Dictionary<uint, RuleEntry> _rules = [];
    private readonly Dictionary<(uint List, uint Lengths), RuleShape> _shapes = [];
    private readonly Dictionary<RuleTier, int> _tiers = [];
    private readonly TableCache _tables = new();
    private readonly int[] _rulesOfDirection = new int[2];
    private readonly List<RuleNode> _touched = [];
    private AddressSets _sets = AddressSets.None;
    private RuleImage? _image;
    private (int Line, int Count) _roots;

    /// <summary>The image; another one after a change that did not fit into the last.</summary>
    public ImageMemory Memory => _image!.Memory;

    /// <summary>The generation in force.</summary>
    public uint Generation => _image?.Generation ?? FirstGeneration;

    /// <summary>What an image begins after: more than anything an earlier image of the same owner has used.</summary>
    public uint FirstGeneration { get; init; }

    /// <summary>Makes a change; whoever reads the image meanwhile sees all of it or nothing.</summary>
    /// <param name="removed">Rules that go, found by their numbers.</param>
    /// <param name="added">Rules that come.</param>
    /// <param name="sets">The network's address sets from now on.</param>
    /// <returns>Whether the image is another one now.</returns>
    /// <exception cref="FairwayException">Exhausted: a bound is exceeded. The compiler must not be used any more.</exception>
    public bool Apply(IEnumerable<AclRule> removed, IEnumerable<AclRule> added, AddressSets sets)
    {
        foreach (AclRule rule in removed)
            Remove(rule.Number);
        if (!ReferenceEquals(sets, _sets))
            Use(sets);
        foreach (AclRule rule in added)
        {
            Remove(rule.Number);
            Add(rule);
        }
        CheckBounds();
        bool replaced = _image is null || !Change(_image);
        if (replaced)
            Rebuild();
        foreach (RuleNode node in _touched)
            node.IsTouched = false;
        _touched.Clear();
        return replaced;
    }

    public void Dispose() => _image?.Memory.Dispose();

    private void Add(AclRule rule)
    {
        var entry = new RuleEntry(rule);
        _rules.Add(rule.Number, entry);
        _rulesOfDirection[(int)rule.Direction]++;
        entry.Nodes = RuleExpansion.Nodes(entry, _sets, TierOf(rule));
        foreach (NodeKey key in entry.Nodes)
            Enter(entry, key);
    }

    private void Remove(uint number)
    {
        if (!_rules.Remove(number, out RuleEntry? entry))
            return;
        _rulesOfDirection[(int)entry.Rule.Direction]--;
        foreach (NodeKey key in entry.Nodes)
            Leave(entry, key);
    }

    private void Use(AddressSets sets)
    {
        _sets = sets;
        foreach (RuleEntry entry in _rules.Values.Where(entry => !entry.Rule.Local.Sets.IsEmpty || !entry.Rule.Remote.Sets.IsEmpty))
        {
            NodeKey[] before = entry.Nodes;
            entry.Nodes = RuleExpansion.Nodes(entry, sets, TierOf(entry.Rule));
            foreach (NodeKey key in before.Except(entry.Nodes))
                Leave(entry, key);
            foreach (NodeKey key in entry.Nodes.Except(before))
                Enter(entry, key);
        }
    }

    private void Enter(RuleEntry entry, NodeKey key)
    {
        if (!_nodes.TryGetValue(key, out RuleNode? node))
            _nodes.Add(key, node = new RuleNode(key));
        if (!_shapes.TryGetValue(key.Shape, out RuleShape? shape))
            _shapes.Add(key.Shape, shape = new RuleShape(key));
        if (node.IsEmpty)
            shape.Nodes++;
        shape.Best = Math.Min(shape.Best, entry.Rank);
        node.Add(entry);
        Touch(node);
    }

    private void Leave(RuleEntry entry, NodeKey key)
    {
        RuleNode node = _nodes[key];
        node.Remove(entry);
        Touch(node);
        if (node.IsEmpty && --_shapes[key.Shape].Nodes == 0)
            _shapes.Remove(key.Shape);
    }

    private void Touch(RuleNode node)
    {
        if (node.IsTouched)
            return;
        node.IsTouched = true;
        _touched.Add(node);
    }

    private int TierOf(AclRule rule)
    {
        RuleTier tier = RuleTier.Of(rule);
        if (!_tiers.TryGetValue(tier, out int number))
            _tiers.Add(tier, number = _tiers.Count);
        return number;
    }

    private void CheckBounds()
    {
        if (_nodes.Count > MaxNodes)
            throw Exceeded($"the rules come to {_nodes.Count:N0} pairs of prefixes, and {MaxNodes:N0} are the most; use fewer or wider prefixes");
        foreach (IGrouping<uint, RuleShape> root in _shapes.GroupBy(shape => shape.Key.List & 3, shape => shape.Value))
        {
            int count = root.Count();
            if (count > MaxShapes)
                throw Exceeded($"the rules combine {count} different lengths of prefixes and of ranges of ports, and {MaxShapes} are the most in one direction; use fewer different ones");
        }
    }

    private static FairwayException Exceeded(string why) => new(ErrorKind.Exhausted, "access rules", $"compile access rules: {why}");

    private bool Change(RuleImage image)
    {
        if (!image.HasRoomFor(_touched.Count(node => node.Slot == 0)))
            return false;
        image.Begin();
        var tables = new List<(RuleNode Node, RuleTable? Table)>(_touched.Count);
        foreach (RuleNode node in _touched)
        {
            RuleTable? table = TableOf(node);
            if (table is not null && !image.Place(table))
                return false;
            tables.Add((node, table));
        }
        foreach ((RuleNode node, RuleTable? table) in tables)
        {
            if (!image.Lead(node, table))
                return false;
        }
        if (!image.WriteRoots(Roots(), _rulesOfDirection, ref _roots))
            return false;
        image.Finish();
        Exchange(image, tables);
        return true;
    }

    private RuleTable? TableOf(RuleNode node)
    {
        if (node.IsEmpty)
            return null;
        RuleTable table = _tables.Find(node);
        return table.Cells.Length <= RuleTable.MaxCells ? table : throw Exceeded(
            $"the rules about one pair of prefixes divide its ports into {table.Cells.Length:N0} intervals, and {RuleTable.MaxCells:N0} are the most; use fewer ranges");
    }

    /// <summary>New users are counted before old ones leave: a table may go from one node to another.</summary>
    private void Exchange(RuleImage image, List<(RuleNode Node, RuleTable? Table)> tables)
    {
        foreach ((RuleNode _, RuleTable? table) in tables)
        {
            if (table is not null)
                table.Users++;
        }
        foreach ((RuleNode node, RuleTable? table) in tables)
        {
            RuleTable? before = node.Table;
            node.Table = table;
            if (before is null || --before.Users > 0)
                continue;
            image.Remove(before);
            _tables.Forget(before);
        }
    }

    private void Rebuild()
    {
        // Those of nodes touched since stand in the image that is given up.
        foreach (RuleNode node in _nodes.Values)
            node.Table?.Reset();
        foreach (RuleNode empty in _nodes.Values.Where(node => node.IsEmpty).ToList())
            _nodes.Remove(empty.Key);
        _tables.Clear();
        foreach (RuleNode node in _nodes.Values)
        {
            (node.Table, node.Slot) = (TableOf(node)!, 0);
            node.Table.Reset();
        }
        int tables = 0;
        foreach (RuleNode node in _nodes.Values)
            tables += node.Table!.Users++ == 0 ? node.Table.Lines : 0;
        // Rules that come in portions find room for many more: each new image waits until the former is read no more.
        int growth = _image is null ? 1 : _nodes.Count is > FewNodes and < ManyNodes ? 4 : 2;
        int spare = growth == 1 ? tables / 4 : tables * (growth - 1);
        int slots = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, (_nodes.Count + 8) * 8 / 5)) * (growth == 4 ? 4 : 1);
        uint generation = Generation + 2;
        while (true)
        {
            int lines = RuleLines.FirstFree + slots + SpareLines + (2 * _shapes.Count) + tables + spare;
            ImageMemory memory = allocate(lines);
            _roots = default;
            var image = new RuleImage(memory, slots, generation);
            if (Fill(image))
            {
                _image?.Memory.Dispose();
                _image = image;
                return;
            }
            memory.Dispose();
            slots *= 2;
            foreach (RuleNode node in _nodes.Values)
                (node.Table!.Line, node.Slot) = (0, 0);
        }
    }

    private bool Fill(RuleImage image)
    {
        image.Begin();
        foreach (RuleNode node in _nodes.Values)
        {
            if (!image.Place(node.Table!) || !image.Lead(node, node.Table))
                return false;
        }
        if (!image.WriteRoots(Roots(), _rulesOfDirection, ref _roots))
            return false;
        image.Finish();
        return true;
    }

    /// <summary>Shapes tier by tier, in a tier those first whose rules are asked first.</summary>
    private IReadOnlyList<RuleShape>[] Roots()
    {
        int[] places = new int[_tiers.Count];
        int place = 0;
        foreach ((RuleTier _, int number) in _tiers.OrderBy(tier => tier.Key.Kind).ThenBy(tier => tier.Key.Order).ThenBy(tier => tier.Key.Name, StringComparer.Ordinal))
            places[number] = place++;
        ILookup<uint, KeyValuePair<(uint List, uint Lengths), RuleShape>> byRoot = _shapes.ToLookup(shape => shape.Key.List & 3);
        return [.. Enumerable.Range(0, 4).Select(root => byRoot[(uint)root]
            .OrderBy(shape => places[shape.Key.List >> 2]).ThenBy(shape => shape.Value.Best).Select(shape => shape.Value).ToImmutableArray())];
    }
}
