using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>Key of map <c>segments</c>: the LAN behind an uplink. The value is the number of the network whose endpoints are on it.</summary>
/// <param name="Uplink">Interface index.</param>
/// <param name="Vlan">0: untagged.</param>
[CStruct("fw_segment_key")]
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct SegmentKey(uint Uplink, uint Vlan);
