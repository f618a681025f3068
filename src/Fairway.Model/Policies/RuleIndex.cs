namespace Fairway.Model.Policies;

/// <summary>
/// Numbers of rules by their ids, and of those without one by what they say. All versions of a set share an index, each adding what it
/// adds: a number found may be another rule's by now, or none's, so whoever looks asks his version about it.
/// </summary>
internal sealed class RuleIndex
{
    private readonly Lock _lock = new();
    // By hash, and nearly always one of each; the rest has lists, which hold the first too.
    private readonly Dictionary<int, uint> _first;
    private readonly Dictionary<int, List<uint>> _several = [];

    public RuleIndex(IReadOnlyCollection<AclRule> rules)
    {
        _first = new Dictionary<int, uint>(rules.Count);
        Add(rules);
    }

    /// <summary>How many numbers it holds, those of rules that are gone included.</summary>
    public int Count { get; private set; }

    public void Add(IEnumerable<AclRule> rules)
    {
        lock (_lock)
        {
            foreach (var rule in rules)
                Add(Hash(rule), rule.Number);
        }
    }

    /// <summary>Numbers, ascending, among which are those of all rules called so.</summary>
    public uint[] Find(string id) => Find(Hash(id));

    /// <summary>Numbers, ascending, among which are those of all rules that say the same.</summary>
    public uint[] Find(AclRule rule) => Find(Hash(rule));

    private uint[] Find(int hash)
    {
        lock (_lock)
        {
            if (_several.TryGetValue(hash, out var several)) return [.. several];
            return _first.TryGetValue(hash, out var one) ? [one] : [];
        }
    }

    private void Add(int hash, uint number)
    {
        if (_first.TryAdd(hash, number))
        {
            Count++;
            return;
        }
        if (!_several.TryGetValue(hash, out var several)) _several[hash] = several = [_first[hash]];
        int place = several.BinarySearch(number);
        if (place >= 0) return;
        several.Insert(~place, number);
        Count++;
    }

    private static int Hash(string id) => StringComparer.Ordinal.GetHashCode(id);

    private static int Hash(AclRule rule) => rule.Id is { } id ? Hash(id) : HashCode.Combine(rule.Direction, rule.Priority, rule.Local, rule.Remote,
        rule.LocalPorts.FirstOrDefault(), rule.RemotePorts.FirstOrDefault(), rule.Protocols.FirstOrDefault());
}
