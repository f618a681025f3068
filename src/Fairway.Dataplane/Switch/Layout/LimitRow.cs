using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>Row of map <c>limits</c>, by port number: how fast it may send.</summary>
/// <param name="Rate">Bytes a second.</param>
/// <param name="Ahead">Nanoseconds of its rate that may have been sent before their time.</param>
/// <param name="Until">When what was sent is paid for, in nanoseconds of CLOCK_MONOTONIC; the switch writes it.</param>
[CStruct("fw_limit")]
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct LimitRow(ulong Rate, ulong Ahead, ulong Until);
