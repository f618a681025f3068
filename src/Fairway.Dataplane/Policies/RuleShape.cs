namespace Fairway.Dataplane.Policies;

/// <summary>A combination of lengths that some nodes have.</summary>
internal sealed class RuleShape(NodeKey example)
{
    private readonly NodeKey _example = example;

    public int Nodes { get; set; }

    /// <summary>No rule of it is asked before this one. May be of a rule that has gone.</summary>
    public ulong Best { get; set; } = ulong.MaxValue;

    public void Write(Span<uint> line)
    {
        _example.WriteShape(line);
        line[RuleLines.BestNumber] = (uint)Best;
        line[RuleLines.BestPriority] = (uint)(Best >> 32);
        line[RuleLines.Tier] = (uint)_example.Tier;
    }
}
