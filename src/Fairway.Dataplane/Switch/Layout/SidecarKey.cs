using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>Key of map <c>sidecar_prefixes</c>: a prefix of a set. The set counts as part of the prefix.</summary>
[CStruct("fw_sidecar_key")]
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct SidecarKey
{
    private const uint SetBits = 32;
    private const uint MappedBits = 96;

    public readonly uint Bits;

    /// <summary>Network byte order.</summary>
    public readonly uint Set;

    public readonly MappedAddress Address;

    public SidecarKey(uint set, IPNetwork prefix)
    {
        bool v4 = prefix.BaseAddress.AddressFamily == AddressFamily.InterNetwork;
        Bits = SetBits + (v4 ? MappedBits : 0) + (uint)prefix.PrefixLength;
        Set = BinaryPrimitives.ReverseEndianness(set);
        Address = new MappedAddress(prefix.BaseAddress);
    }

    /// <summary>The set's number.</summary>
    public uint Number => BinaryPrimitives.ReverseEndianness(Set);
}
