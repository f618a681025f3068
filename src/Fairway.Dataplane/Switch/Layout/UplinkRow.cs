using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>Row of map <c>uplinks</c>, by interface index.</summary>
[CStruct("fw_uplink")]
[StructLayout(LayoutKind.Sequential)]
internal record struct UplinkRow
{
    /// <summary>FW_UPLINK_NO_MAC: no link-layer header.</summary>
    public const uint NoMac = 1;

    public uint Flags;

    public uint Mtu;

    /// <summary>Translated packets carry this; none when the device has no address of the family.</summary>
    public MappedAddress Source4;

    public MappedAddress Source6;
}
