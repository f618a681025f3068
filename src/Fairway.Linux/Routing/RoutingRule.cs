using System.Net;
using System.Net.Sockets;

namespace Fairway.Linux.Routing;

/// <summary>A rule that chooses the routing table, both as asked for and as listed (RTM_NEWRULE). What is null matches everything.</summary>
public sealed partial record RoutingRule
{
    /// <summary><see cref="AddressFamily.InterNetwork"/> or <see cref="AddressFamily.InterNetworkV6"/>.</summary>
    public required AddressFamily Family { get; init; }

    /// <summary>Rules are tried from the lowest priority on; by default the kernel takes one below the lowest in use.</summary>
    public uint? Priority { get; init; }

    /// <summary>Where packets come from.</summary>
    public IPNetwork? Source { get; init; }

    /// <summary>Where packets go to.</summary>
    public IPNetwork? Destination { get; init; }

    /// <summary>Packet mark, compared under <see cref="MarkMask"/>.</summary>
    public uint? Mark { get; init; }

    /// <summary>Bits of the mark that count; all by default.</summary>
    public uint? MarkMask { get; init; }

    /// <summary>Name of the link packets came in by; <c>lo</c> for those of this host.</summary>
    public string? InputLink { get; init; }

    /// <summary>Name of the link a socket is bound to.</summary>
    public string? OutputLink { get; init; }

    /// <summary>What to do.</summary>
    public RuleAction Action { get; init; } = RuleAction.Lookup;

    /// <summary>The table to look up.</summary>
    public uint Table { get; init; } = RouteTable.Main;

    /// <summary>Priority of the rule to go on with, for <see cref="RuleAction.Goto"/>.</summary>
    public uint? GotoPriority { get; init; }

    /// <summary>Ignore routes with a prefix of this length or shorter; 0 ignores default routes.</summary>
    public int? SuppressPrefixLength { get; init; }

    /// <summary>Whether the rule applies to what it does not match.</summary>
    public bool Invert { get; init; }

    /// <summary>Who made it (Linux 4.17).</summary>
    public RouteProtocol Protocol { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Priority}: from {(Source is { } from ? from : "all")} to {(Destination is { } to ? to : "all")} table {Table}";
}
