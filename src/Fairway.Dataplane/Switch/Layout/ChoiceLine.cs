using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>Row of map <c>choices</c>: which backend of a balancer to take, for each of some hashes.</summary>
[CStruct("fw_choice_line")]
[StructLayout(LayoutKind.Sequential)]
internal struct ChoiceLine
{
    public Choices Backend;

    [InlineArray(SwitchLimits.LineChoices)]
    internal struct Choices
    {
        private ushort _first;
    }
}
