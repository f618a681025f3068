using System.Net;
using System.Text;

namespace Fairway.Linux.Routing;

/// <summary>A route, both as asked for and as listed (RTM_NEWROUTE).</summary>
public sealed partial record Route
{
    /// <summary>Where packets go to; <c>0.0.0.0/0</c> and <c>::/0</c> are the default routes.</summary>
    public required IPNetwork Destination { get; init; }

    /// <summary>Router to send to, or null. An IPv4 route may have an IPv6 gateway (Linux 5.2).</summary>
    public IPAddress? Gateway { get; init; }

    /// <summary>Link to send by, or null if the gateway tells.</summary>
    public int? LinkIndex { get; init; }

    /// <summary>Whether the gateway is on the link though no route says so.</summary>
    public bool OnLink { get; init; }

    /// <summary>Table, any number from 1.</summary>
    public uint Table { get; init; } = RouteTable.Main;

    /// <summary>Who made it. Deleting compares it unless it is <see cref="RouteProtocol.Unspecified"/>.</summary>
    public RouteProtocol Protocol { get; init; } = RouteProtocol.Static;

    /// <summary>What happens to packets.</summary>
    public RouteType Type { get; init; } = RouteType.Unicast;

    /// <summary>
    /// Distance to the destination (IPv4); by default the link if there is no gateway, this host for local types, else anywhere.
    /// </summary>
    public RouteScope? Scope { get; init; }

    /// <summary>Source address for packets of this host that have none yet.</summary>
    public IPAddress? PreferredSource { get; init; }

    /// <summary>Metric: the lowest wins. The kernel's default is 0 for IPv4 and 1024 for IPv6.</summary>
    public uint? Metric { get; init; }

    /// <summary>Largest packet in bytes on this route; by default the link's.</summary>
    public uint? Mtu { get; init; }

    /// <summary>Several ways, instead of <see cref="Gateway"/> and <see cref="LinkIndex"/>.</summary>
    public IReadOnlyList<NextHop> NextHops { get; init; } = [];

    /// <summary>Whether the kernel has taken the route out of use, because its link is down.</summary>
    public bool IsDead { get; init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (Type is not (RouteType.Unicast or RouteType.Unspecified))
            text.Append(Type.ToString().ToLowerInvariant()).Append(' ');
        text.Append(Destination);
        if (Gateway is not null)
            text.Append(" via ").Append(Gateway);
        if (LinkIndex is { } link)
            text.Append(" on link ").Append(link);
        if (Table != RouteTable.Main)
            text.Append(" table ").Append(Table);
        return text.ToString();
    }
}
