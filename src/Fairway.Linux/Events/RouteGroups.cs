namespace Fairway.Linux.Events;

/// <summary>What a <see cref="RouteListener"/> hears of.</summary>
[Flags]
public enum RouteGroups
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Links.</summary>
    Links = 1,

    /// <summary>Addresses, IPv4 and IPv6.</summary>
    Addresses = 2,

    /// <summary>Routes, IPv4 and IPv6.</summary>
    Routes = 4,

    /// <summary>Routing rules, IPv4 and IPv6.</summary>
    Rules = 8,

    /// <summary>Neighbours.</summary>
    Neighbours = 16,

    /// <summary>Queueing disciplines and filters.</summary>
    TrafficControl = 32,

    /// <summary>All of these.</summary>
    All = Links | Addresses | Routes | Rules | Neighbours | TrafficControl,
}
