using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>A line of a rule image; <see cref="Policies.RuleLines"/> says what stands where.</summary>
[CStruct("fw_rule_line")]
[StructLayout(LayoutKind.Sequential)]
internal struct RuleLine
{
    public Words Word;

    [InlineArray(Policies.RuleLines.Words)]
    internal struct Words
    {
        private uint _first;
    }
}
