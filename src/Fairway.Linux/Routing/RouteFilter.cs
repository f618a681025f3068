using System.Net.Sockets;

namespace Fairway.Linux.Routing;

/// <summary>Which routes to list; what is null does not restrict.</summary>
public sealed record RouteFilter
{
    /// <summary><see cref="AddressFamily.InterNetwork"/> or <see cref="AddressFamily.InterNetworkV6"/>.</summary>
    public AddressFamily? Family { get; init; }

    /// <summary>Table.</summary>
    public uint? Table { get; init; }

    /// <summary>Who made it.</summary>
    public RouteProtocol? Protocol { get; init; }

    /// <summary>Index of the link it leads to.</summary>
    public int? LinkIndex { get; init; }

    internal bool Accepts(Route route)
        => (Table is null || route.Table == Table)
            && (Protocol is null || route.Protocol == Protocol)
            && (LinkIndex is null || route.LinkIndex == LinkIndex || route.NextHops.Any(hop => hop.LinkIndex == LinkIndex));
}
