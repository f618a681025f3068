using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>Row of map <c>floods</c>, by port number.</summary>
/// <param name="Second">The second that is counted.</param>
/// <param name="Copies">Copies made in it.</param>
[CStruct("fw_flood")]
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct FloodRow(uint Second, uint Copies);
