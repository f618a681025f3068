using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using Fairway.Model.Addressing;

namespace Fairway.Engine.Planner;

/// <summary>
/// MACs nobody asked for: 02 (locally administered, unicast) and 40 bits of a hash. The same network and address give the same MAC, so
/// that neighbours who remember a restarted workload remember it rightly.
/// </summary>
internal static class DerivedMac
{
    /// <summary>Of an endpoint.</summary>
    /// <param name="network">Its network.</param>
    /// <param name="address">Its first address; null when the network has no subnets.</param>
    /// <param name="salt">Counts up from 0 while the result is taken.</param>
    public static MacAddress Endpoint(Guid network, IPAddress? address, uint salt)
    {
        Span<byte> input = stackalloc byte[16 + 16 + 4];
        input.Clear();
        network.TryWriteBytes(input, bigEndian: true, out _);
        address?.TryWriteBytes(input[16..], out _);
        BinaryPrimitives.WriteUInt32LittleEndian(input[32..], salt);
        return FromHash(input);
    }

    /// <summary>Of a network's gateway.</summary>
    public static MacAddress Gateway(Guid network)
    {
        Span<byte> input = stackalloc byte[16];
        network.TryWriteBytes(input, bigEndian: true, out _);
        return FromHash(input);
    }

    private static MacAddress FromHash(ReadOnlySpan<byte> input)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, hash);
        hash[0] = 0x02;
        return MacAddress.FromBytes(hash);
    }
}
