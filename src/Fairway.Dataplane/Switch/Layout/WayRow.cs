using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>A row of map <c>ways</c>: how a port's packets leave towards a prefix.</summary>
[CStruct("fw_way")]
[StructLayout(LayoutKind.Sequential)]
internal record struct WayRow
{
    public WayFlags Flags;

    /// <summary>What they leave with, or none: the uplink's address.</summary>
    public MappedAddress Source;

    public MappedAddress NextHop;
}
