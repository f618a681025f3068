using System.Collections.Immutable;
using System.Net;
using Fairway.Dns.Wire;

namespace Fairway.Dns.Forwarding;

/// <summary>A query the outside is asked.</summary>
/// <param name="Message">As it came; not to be changed.</param>
/// <param name="Query">The same, parsed.</param>
/// <param name="ByTcp">Whether it came by TCP: the asker expects a long answer.</param>
internal sealed record ForwardedQuery(byte[] Message, Query Query, bool ByTcp)
{
    /// <summary>Whom to ask; none mean the host's servers.</summary>
    public ImmutableArray<IPAddress> Servers { get; init; } = [];
}
