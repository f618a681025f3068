using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;

namespace Fairway.Dns.Forwarding;

/// <summary>A forwarder for each list of servers somebody has of their own, and one for all others: answers of one are not kept for another.</summary>
/// <param name="general">For those without servers of their own.</param>
/// <param name="create">Makes a forwarder that asks other servers.</param>
internal sealed class Forwarders(Forwarder general, Func<IUpstreamSource, Forwarder> create) : IDisposable
{
    private const int Port = 53;

    private readonly ConcurrentDictionary<string, Lazy<Forwarder>> _others = [];

    /// <summary>The forwarder that asks these servers; none mean the host's.</summary>
    public Forwarder For(ImmutableArray<IPAddress> servers) => servers.IsEmpty
        ? general
        : _others.GetOrAdd(string.Join(' ', servers), _ => new Lazy<Forwarder>(() => create(new FixedUpstreams(new UpstreamConfiguration
        {
            Servers = [.. servers.Select(server => new IPEndPoint(server, Port))],
        })))).Value;

    public void Dispose()
    {
        general.Dispose();
        foreach (Lazy<Forwarder> other in _others.Values)
            other.Value.Dispose();
    }

    private sealed record FixedUpstreams(UpstreamConfiguration Current) : IUpstreamSource;
}
