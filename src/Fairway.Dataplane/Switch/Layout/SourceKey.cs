using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>Key of map <c>sources</c>: a prefix that may use a publication. The number counts as part of the prefix.</summary>
[CStruct("fw_source_key")]
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct SourceKey
{
    private const uint NumberBits = 32;
    private const uint MappedBits = 96;

    public readonly uint Bits;

    /// <summary>Network byte order.</summary>
    public readonly uint Number;

    public readonly MappedAddress Address;

    public SourceKey(uint number, IPNetwork prefix)
    {
        bool v4 = prefix.BaseAddress.AddressFamily == AddressFamily.InterNetwork;
        Bits = NumberBits + (v4 ? MappedBits : 0) + (uint)prefix.PrefixLength;
        Number = BinaryPrimitives.ReverseEndianness(number);
        Address = new MappedAddress(prefix.BaseAddress);
    }
}
