using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>Row of map <c>leases</c>, by port number; the switch writes it.</summary>
/// <param name="Address">What the endpoint's DHCP client was given.</param>
/// <param name="Generation">Of the port.</param>
/// <param name="Ends">Seconds of CLOCK_MONOTONIC.</param>
[CStruct("fw_lease")]
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct LeaseRow(MappedAddress Address, uint Generation, uint Ends);
