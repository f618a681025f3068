using System.Net;
using Fairway.Model.Addressing;

namespace Fairway.Model.Validation;

/// <summary>Prefixes no subnet may touch: their addresses mean something else to every host (IANA special-purpose registries).</summary>
internal static class ReservedPrefixes
{
    private static readonly (IPNetwork Prefix, string Purpose)[] s_all =
    [
        (IPNetwork.Parse("0.0.0.0/8"), "this host (RFC 1122)"),
        (IPNetwork.Parse("127.0.0.0/8"), "loopback"),
        (IPNetwork.Parse("169.254.0.0/16"), "link-local"),
        (IPNetwork.Parse("224.0.0.0/4"), "multicast"),
        (IPNetwork.Parse("240.0.0.0/4"), "future use and broadcast"),
        (IPNetwork.Parse("::/128"), "the unspecified address"),
        (IPNetwork.Parse("::1/128"), "loopback"),
        (IPNetwork.Parse("::ffff:0:0/96"), "IPv4 in IPv6 form"),
        (IPNetwork.Parse("fe80::/10"), "link-local"),
        (IPNetwork.Parse("ff00::/8"), "multicast"),
    ];

    /// <summary>Names the reserved prefix that shares addresses with a prefix, or null: <c>127.0.0.0/8, reserved for loopback</c>.</summary>
    public static string? Touching(IPNetwork prefix)
    {
        foreach (var (reserved, purpose) in s_all)
            if (reserved.Overlaps(prefix)) return $"{reserved}, reserved for {purpose}";
        return null;
    }

    /// <summary>Names the reserved prefix that holds an address, or null.</summary>
    public static string? Holding(IPAddress address) => Touching(new IPNetwork(address, address.Bits));
}
