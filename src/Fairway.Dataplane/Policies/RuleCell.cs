using Fairway.Model.Policies;

namespace Fairway.Dataplane.Policies;

/// <summary>An interval of services, up to the next cell's, and the rule that is asked there; number 0 when there is none.</summary>
internal readonly record struct RuleCell(uint First, uint Number, ushort Priority, byte Action)
{
    // Action 0 stands for no rule.
    private const byte FirstAction = 1;

    public static RuleCell Nothing(uint first) => new(first, 0, 0, 0);

    public static RuleCell Of(uint first, AclRule rule) => new(first, rule.Number, rule.Priority, (byte)(rule.Action + FirstAction));

    public PolicyAction PolicyAction => (PolicyAction)(Action - FirstAction);

    public bool SameRule(RuleCell other) => Number == other.Number;

    public void Write(Span<uint> words)
    {
        words[0] = First;
        words[1] = Number;
        words[2] = (uint)Priority << 8 | Action;
        words[3] = 0;
    }

    public static RuleCell Read(ReadOnlySpan<uint> words) => new(words[0], words[1], (ushort)(words[2] >> 8), (byte)words[2]);
}
