using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>Key of map <c>virtual_subnets</c>: what a VXLAN packet says about whose it is.</summary>
/// <param name="Id">Virtual subnet id, 24 bits.</param>
/// <param name="Port">UDP port.</param>
[CStruct("fw_virtual_subnet_key")]
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct VirtualSubnetKey(uint Id, uint Port);
