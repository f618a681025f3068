using Fairway.Dns.Forwarding;

namespace Fairway.Dns.Serving;

/// <summary>What the services of all networks share.</summary>
internal sealed record SharedParts(ResolverOptions Options, NetworkDirectory Directory, Forwarders Forwarders, Counters Counters)
{
    /// <summary>Forwarded queries that are open.</summary>
    public ClientQuota Queries { get; } = new(most: 1024, crowd: 2048, modest: 64);

    /// <summary>TCP connections that are open.</summary>
    public ClientQuota Connections { get; } = new(most: 32, crowd: 2048, modest: 2);
}
