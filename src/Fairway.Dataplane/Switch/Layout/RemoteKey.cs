using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Fairway.Dataplane.Switch.Layout;

/// <summary>Key of map <c>remotes</c>: a prefix of a network. The network counts as part of the prefix.</summary>
[CStruct("fw_remote_key")]
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct RemoteKey
{
    private const uint NetworkBits = 32;
    private const uint MappedBits = 96;

    public readonly uint Bits;

    /// <summary>Network byte order.</summary>
    public readonly uint Network;

    public readonly MappedAddress Address;

    public RemoteKey(uint network, IPNetwork prefix)
    {
        bool v4 = prefix.BaseAddress.AddressFamily == AddressFamily.InterNetwork;
        Bits = NetworkBits + (v4 ? MappedBits : 0) + (uint)prefix.PrefixLength;
        Network = BinaryPrimitives.ReverseEndianness(network);
        Address = new MappedAddress(prefix.BaseAddress);
    }
}
