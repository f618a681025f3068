using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>The access rule that decided about a connection.</summary>
[CStruct("fw_rule")]
[StructLayout(LayoutKind.Sequential)]
internal record struct RuleReference
{
    /// <summary>Number of the image (<see cref="SwitchLimits.RulesOfNetwork"/>); 0 when nobody was asked.</summary>
    public uint Owner;

    /// <summary>Its number; 0 when none matched, and the direction is closed for that.</summary>
    public uint Number;
}
