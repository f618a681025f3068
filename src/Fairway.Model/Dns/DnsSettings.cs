using System.Collections.Immutable;
using Fairway.Model.Collections;

namespace Fairway.Model.Dns;

/// <summary>Resolver settings of a network or endpoint (HCN schema, DNS).</summary>
/// <param name="Domain">Connection-specific domain, or null.</param>
/// <param name="Search">Search list, in order.</param>
/// <param name="Servers">Servers that replace the switch's own resolver; empty keeps it.</param>
/// <param name="Options">resolv.conf options.</param>
public sealed record DnsSettings(string? Domain = null, ImmutableArray<string> Search = default,
    ImmutableArray<string> Servers = default, ImmutableArray<string> Options = default)
{
    /// <summary>Search list, in order.</summary>
    public ImmutableArray<string> Search { get; init => field = value.OrEmpty(); } = Search.OrEmpty();
    /// <summary>Servers that replace the switch's own resolver; empty keeps it.</summary>
    public ImmutableArray<string> Servers { get; init => field = value.OrEmpty(); } = Servers.OrEmpty();
    /// <summary>resolv.conf options.</summary>
    public ImmutableArray<string> Options { get; init => field = value.OrEmpty(); } = Options.OrEmpty();

    /// <summary>Nothing set.</summary>
    public static DnsSettings Empty { get; } = new(null, [], [], []);
}
