using System.Collections.Immutable;

namespace Fairway.Model.Dns;

/// <summary>Resolver settings of a network or endpoint (HCN schema, DNS).</summary>
/// <param name="Domain">Connection-specific domain, or null.</param>
/// <param name="Search">Search list, in order.</param>
/// <param name="Servers">Servers that replace the switch's own resolver; empty keeps it.</param>
/// <param name="Options">resolv.conf options.</param>
public sealed record DnsSettings(string? Domain, ImmutableArray<string> Search, ImmutableArray<string> Servers, ImmutableArray<string> Options)
{
    /// <summary>Nothing set.</summary>
    public static DnsSettings Empty { get; } = new(null, [], [], []);
}
