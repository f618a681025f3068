using System.Net;

namespace Fairway.Dns.Forwarding;

/// <summary>The servers of one configuration, in the order to ask them.</summary>
internal sealed class UpstreamSet
{
    private readonly Upstream[] _upstreams;
    private uint _turn;

    /// <param name="configuration">Which servers.</param>
    /// <param name="former">The set before, whose servers keep what is known of them.</param>
    /// <param name="create">Makes a server that was not in the set before.</param>
    public UpstreamSet(UpstreamConfiguration configuration, UpstreamSet? former, Func<IPEndPoint, Upstream> create)
    {
        Configuration = configuration;
        _upstreams = [.. configuration.Servers.Select(server => former?.Find(server) ?? create(server))];
    }

    public UpstreamConfiguration Configuration { get; }

    /// <summary>The servers to ask, the preferred ones first, in the configured order or each first in turn.</summary>
    /// <param name="isOurs">A server that is this resolver itself is left out: the question would come back.</param>
    public IReadOnlyList<Upstream> Order(Func<IPEndPoint, bool> isOurs)
    {
        var preferred = new List<Upstream>(_upstreams.Length);
        var others = new List<Upstream>();
        int first = Configuration.Rotate && _upstreams.Length > 0 ? (int)(Interlocked.Increment(ref _turn) % (uint)_upstreams.Length) : 0;
        for (int i = 0; i < _upstreams.Length; i++)
        {
            Upstream upstream = _upstreams[(first + i) % _upstreams.Length];
            if (!isOurs(upstream.Server))
                (upstream.IsPreferred ? preferred : others).Add(upstream);
        }
        preferred.AddRange(others);
        return preferred;
    }

    private Upstream? Find(IPEndPoint server) => Array.Find(_upstreams, upstream => upstream.Server.Equals(server));
}
