using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Fairway.Model.Networks;

/// <summary>
/// Ids of subnets and their parts. Nobody has to give them: they then follow from the network's id and the prefix, so that the same subnet has
/// the same id whoever asks, in stores of earlier releases too.
/// </summary>
public static class SubnetIdentity
{
    /// <summary>Of a subnet.</summary>
    /// <param name="network">Id of its network.</param>
    /// <param name="subnet">The subnet.</param>
    public static Guid Of(Guid network, SubnetSpec subnet)
    {
        ArgumentNullException.ThrowIfNull(subnet);
        return subnet.Id ?? Derived(network, $"{subnet.Prefix}");
    }

    /// <summary>Of a part of a subnet.</summary>
    /// <param name="network">Id of its network.</param>
    /// <param name="subnet">Prefix of the subnet.</param>
    /// <param name="part">The part.</param>
    public static Guid Of(Guid network, IPNetwork subnet, SubnetPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return part.Id ?? Derived(network, $"{subnet} {part.Prefix}");
    }

    // RFC 9562, 5.8: a UUID of version 8 is what its maker likes, here a hash.
    private static Guid Derived(Guid network, string text)
    {
        var hash = SHA256.HashData([.. network.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(text)]).AsSpan(0, 16);
        hash[6] = (byte)(hash[6] & 0x0f | 0x80);
        hash[8] = (byte)(hash[8] & 0x3f | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
