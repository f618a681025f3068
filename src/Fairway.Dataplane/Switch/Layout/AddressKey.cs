using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>Key of map <c>addresses</c>: an address of an endpoint.</summary>
[CStruct("fw_address_key")]
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct AddressKey(uint Network, MappedAddress Address);
