using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>Row of map <c>members</c>, by network number: the ports on a segment.</summary>
[CStruct("fw_members")]
[StructLayout(LayoutKind.Sequential)]
internal struct MembersRow
{
    public uint Count;

    public PortNumbers Ports;

    /// <summary>The first <see cref="Count"/> of them count.</summary>
    [InlineArray((int)SwitchLimits.MaxMembers)]
    internal struct PortNumbers
    {
        private uint _first;
    }
}
