using System.Net;
using System.Net.Sockets;

namespace Fairway.Model.Addressing;

/// <summary>What address allocation asks of a prefix. Usable addresses are those an interface can carry.</summary>
public static class PrefixArithmetic
{
    extension(IPNetwork prefix)
    {
        /// <summary>The family of the prefix.</summary>
        public AddressFamily Family => prefix.BaseAddress.AddressFamily;

        /// <summary>First address of the prefix: the network address.</summary>
        public IPAddress First => prefix.BaseAddress;

        /// <summary>Last address of the prefix: for IPv4 the broadcast address.</summary>
        public IPAddress Last => IPAddress.FromNumber(prefix.BaseAddress.ToNumber() | prefix.Mask(), prefix.Family);

        /// <summary>
        /// First usable address. IPv4 leaves out the network address except in /31 (RFC 3021) and /32; IPv6 leaves out the subnet-router
        /// anycast address (RFC 4291, 2.6.1) except in /127 (RFC 6164) and /128.
        /// </summary>
        public IPAddress FirstUsable => prefix.HostBits() > 1 ? prefix.Nth(1) : prefix.First;

        /// <summary>Last usable address. IPv4 leaves out the broadcast address except in /31 and /32; IPv6 has none.</summary>
        public IPAddress LastUsable => prefix.Family == AddressFamily.InterNetwork && prefix.HostBits() > 1
            ? IPAddress.FromNumber(prefix.Last.ToNumber() - 1, prefix.Family)
            : prefix.Last;

        /// <summary>Number of addresses less one, so that ::/0 fits: 255 for a /24, 0 for a /32.</summary>
        public UInt128 LastIndex => prefix.Mask();

        /// <summary>How many addresses from <c>FirstUsable</c> to <c>LastUsable</c>, both included.</summary>
        public UInt128 UsableCount => prefix.LastUsable.ToNumber() - prefix.FirstUsable.ToNumber() + 1;

        /// <summary>The address at a distance from the first.</summary>
        /// <param name="index">0 to <c>LastIndex</c>.</param>
        /// <exception cref="ArgumentOutOfRangeException">The index lies behind the prefix.</exception>
        public IPAddress Nth(UInt128 index)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(index, prefix.Mask());
            return IPAddress.FromNumber(prefix.BaseAddress.ToNumber() + index, prefix.Family);
        }

        /// <summary>The distance of an address from the first one of the prefix.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The address is not in the prefix.</exception>
        public UInt128 IndexOf(IPAddress address) => prefix.Covers(address)
            ? address.ToNumber() - prefix.BaseAddress.ToNumber()
            : throw new ArgumentOutOfRangeException(nameof(address), address, $"{address} is not in {prefix}");

        /// <summary>
        /// True when the address is in the prefix; never across families. In place of <see cref="IPNetwork.Contains"/>, which finds
        /// ::ffff:0:0 in fd00::/64 (.NET 10.0.12).
        /// </summary>
        public bool Covers(IPAddress address)
        {
            ArgumentNullException.ThrowIfNull(address);
            return address.AddressFamily == prefix.Family && (address.ToNumber() & ~prefix.Mask()) == prefix.BaseAddress.ToNumber();
        }

        /// <summary>True when every address of the other prefix is in this one.</summary>
        public bool Covers(IPNetwork other) => prefix.PrefixLength <= other.PrefixLength && prefix.Covers(other.BaseAddress);

        /// <summary>True when the prefixes share an address; never across families.</summary>
        public bool Overlaps(IPNetwork other) => prefix.Covers(other.BaseAddress) || other.Covers(prefix.BaseAddress);

        /// <summary>True for addresses of the prefix that an interface can carry.</summary>
        public bool IsUsable(IPAddress address) => prefix.Covers(address)
            && address.ToNumber() >= prefix.FirstUsable.ToNumber() && address.ToNumber() <= prefix.LastUsable.ToNumber();

        private int HostBits() => prefix.BaseAddress.Bits - prefix.PrefixLength;

        private UInt128 Mask() => AddressArithmetic.HostMask(prefix.BaseAddress.Bits, prefix.PrefixLength);
    }
}
