using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>Row of map <c>addresses</c>: the port that has the address.</summary>
[CStruct("fw_address_row")]
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct AddressRow(uint Port);
