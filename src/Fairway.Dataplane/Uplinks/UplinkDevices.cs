using Fairway.Dataplane.Marks;
using Fairway.Linux.Routing;

namespace Fairway.Dataplane.Uplinks;

/// <summary>Which devices of the host lead outside, as far as the switch is concerned.</summary>
internal static class UplinkDevices
{
    private const ushort Ethernet = 1;
    private const ushort Loopback = 772;
    private const ushort InfiniBand = 32;

    /// <summary>The devices of the host that are uplinks.</summary>
    public static Link[] Among(IReadOnlyList<Link> links, Instance instance)
    {
        // Inside ends that wait for an engine carry no mark, for it would follow them into the container; their host sides tell.
        HashSet<int> endpoints = [.. links.Where(IsHostSideOfAny).Select(link => link.Index)];
        return [.. links.Where(link => IsUplink(link, instance) && !(link is { LinkedIndex: { } other, LinkedNamespaceId: null } && endpoints.Contains(other)))];
    }

    /// <summary>
    /// Everything that is not ours, except loopback, ports of a bridge, bond or team (their packets are the master's, and pass its filter), and
    /// InfiniBand, whose link-layer header is of a kind of its own. Host vNICs of other instances lead outside, their endpoints do not.
    /// </summary>
    public static bool IsUplink(Link link, Instance instance)
    {
        if (link.HardwareType is Loopback or InfiniBand || Instance.IsLeftOverOfAny(link) || IsPort(link))
            return false;
        return Instance.AnyMarkOf(link) is not { } mark || (mark.Instance != instance.Name && mark.Kind == LinkKind.Network);
    }

    /// <summary>Why no endpoints can be behind a device, with the remedy; null when they can.</summary>
    public static string? ObstacleTo(Link link, Instance instance) => link switch
    {
        _ when Instance.AnyMarkOf(link) is not null || Instance.IsLeftOverOfAny(link) => "it is an interface of a network of Fairway; name a device of the host",
        { HardwareType: Loopback } => "it is the loopback; name an Ethernet device",
        _ when IsPort(link) => "it is a port of another device, which receives in its place; name that one",
        _ when !IsUplink(link, instance) || !HasMac(link) => "it has no Ethernet headers; name an Ethernet device",
        _ => null,
    };

    /// <summary>A device without Ethernet headers: a tunnel, PPP, WireGuard.</summary>
    public static bool HasMac(Link link) => link.HardwareType == Ethernet;

    private static bool IsHostSideOfAny(Link link) => Instance.IsLeftOverOfAny(link) || Instance.AnyMarkOf(link) is { Kind: LinkKind.Endpoint };

    /// <summary>A port of a VRF stays the device its packets come in by.</summary>
    private static bool IsPort(Link link) => link.Master is not null && link.PortKind != "vrf";
}
