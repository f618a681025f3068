using System.Net;
using Fairway.Model.Addressing;
using Fairway.Netavark.Documents;

namespace Fairway.Netavark.Creation;

/// <summary>Looks for a prefix nobody has.</summary>
internal static class FreeSubnet
{
    /// <summary>The first free IPv4 prefix of the pools, in order, or null.</summary>
    public static IPNetwork? Find(IReadOnlyList<SubnetPoolDocument> pools, IReadOnlyList<IPNetwork> taken)
    {
        foreach (var pool in pools)
        {
            if (!IPNetwork.TryParse(pool.Base, out var space) || pool.Size < space.PrefixLength || pool.Size > 30 || space.BaseAddress.GetAddressBytes().Length != 4)
                continue;
            for (UInt128 index = 0; index <= space.LastIndex; index += UInt128.One << (32 - pool.Size))
            {
                var candidate = new IPNetwork(space.Nth(index), pool.Size);
                if (!taken.Any(other => other.Overlaps(candidate)))
                    return candidate;
            }
        }
        return null;
    }

    /// <summary>A unique local /64 (RFC 4193), from the random digits of the network's id.</summary>
    public static IPNetwork Find6(Guid network, IReadOnlyList<IPNetwork> taken)
    {
        Span<byte> octets = stackalloc byte[16];
        network.TryWriteBytes(octets);
        for (; ; octets[7]++)
        {
            octets[0] = 0xfd;
            octets[8..].Clear();
            var candidate = new IPNetwork(new IPAddress(octets), 64);
            if (!taken.Any(other => other.Overlaps(candidate)))
                return candidate;
        }
    }
}
