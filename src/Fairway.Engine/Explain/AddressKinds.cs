using System.Net;
using System.Net.Sockets;

namespace Fairway.Engine.Explain;

/// <summary>Addresses that mean no single host elsewhere; the same as in bpf/packet.h.</summary>
internal static class AddressKinds
{
    /// <summary>0.0.0.0/8 and ::.</summary>
    public static bool IsUnspecified(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork ? address.GetAddressBytes()[0] == 0 : address.Equals(IPAddress.IPv6Any);

    /// <summary>Of everybody or of a group, by the address.</summary>
    public static bool IsGroup(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork
        ? address.GetAddressBytes()[0] is >= 224 and < 240 || address.Equals(IPAddress.Broadcast)
        : address.IsIPv6Multicast;

    /// <summary>What nobody may have as a source: of a group, or reserved (224.0.0.0/3).</summary>
    public static bool IsNoSource(IPAddress address) =>
        IsUnspecified(address) || address.IsIPv6LinkLocal
        || (address.AddressFamily == AddressFamily.InterNetwork ? address.GetAddressBytes()[0] >= 224 : address.IsIPv6Multicast);
}
