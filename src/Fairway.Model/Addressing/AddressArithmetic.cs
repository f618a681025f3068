using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Fairway.Model.Addressing;

/// <summary>Addresses as numbers: the 32 or 128 bits, first octet most significant.</summary>
public static class AddressArithmetic
{
    extension(IPAddress address)
    {
        /// <summary>32 or 128: how long an address of this family is, in bits.</summary>
        public int Bits => address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;

        /// <summary>The address as a number, 0 to 2^<see cref="get_Bits"/> - 1.</summary>
        public UInt128 ToNumber()
        {
            Span<byte> octets = stackalloc byte[16];
            octets.Clear();
            var written = address.Bits / 8;
            address.TryWriteBytes(octets[(16 - written)..], out _);
            return BinaryPrimitives.ReadUInt128BigEndian(octets);
        }

        /// <summary>The address with everything behind the prefix set to zero.</summary>
        /// <param name="prefixLength">0 to the length of the family.</param>
        public IPAddress Masked(int prefixLength) => FromNumber(address.ToNumber() & ~HostMask(address.Bits, prefixLength), address.AddressFamily);

        /// <summary>The address of a family that a number stands for.</summary>
        /// <param name="number">0 to 2^32 - 1 or 2^128 - 1; higher bits are ignored.</param>
        /// <param name="family"><see cref="AddressFamily.InterNetwork"/> or <see cref="AddressFamily.InterNetworkV6"/>.</param>
        public static IPAddress FromNumber(UInt128 number, AddressFamily family)
        {
            Span<byte> octets = stackalloc byte[16];
            BinaryPrimitives.WriteUInt128BigEndian(octets, number);
            return new IPAddress(family == AddressFamily.InterNetwork ? octets[12..] : octets);
        }
    }

    /// <summary>Ones in the places behind the prefix.</summary>
    internal static UInt128 HostMask(int bits, int prefixLength) =>
        bits == prefixLength ? UInt128.Zero : UInt128.MaxValue >> (128 - (bits - prefixLength));
}
