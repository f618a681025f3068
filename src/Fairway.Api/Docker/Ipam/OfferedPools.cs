using System.Net;
using Fairway.Engine.Operations;
using Fairway.Model.Addressing;
using Fairway.Model.Errors;

namespace Fairway.Api.Docker.Ipam;

/// <summary>
/// Pools Docker was given and has not made a network of yet. It may hold one that does not suit it and ask for another, so nobody is given the same
/// twice; what becomes of none is forgotten after a while.
/// </summary>
internal sealed class OfferedPools(IHostNetworking host, TimeProvider clock)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<IPNetwork, OfferedPool> _offered = [];

    /// <summary>A prefix for a network to be made: the asked one, else a free one.</summary>
    /// <exception cref="FairwayException">Conflict: it overlaps something. Exhausted.</exception>
    public IPNetwork Offer(PoolOptions asked)
    {
        lock (_gate)
        {
            Forget();
            // The subnet of a network that exists is asked for by whoever joins it.
            if (asked.Prefix is { } present && host.Networks.Any(network => network.Spec.Subnets.Any(subnet => subnet.Prefix.Equals(present))))
                return CheckJoin(present, asked);
            var prefix = asked.Prefix ?? host.FindFreePrefix(asked.Family, [.. _offered.Keys]);
            if (_offered.Keys.FirstOrDefault(other => other.Overlaps(prefix)) is { PrefixLength: > 0 } taken)
                throw new FairwayException(ErrorKind.Conflict, $"subnet {prefix}", $"subnet {prefix} overlaps {taken}, of which Docker is making a network; choose another prefix");
            _offered.Add(prefix, new OfferedPool(prefix, asked.Range, clock.GetUtcNow()));
            return prefix;
        }
    }

    /// <summary>A pool that is no network yet, or null.</summary>
    public OfferedPool? Find(IPNetwork prefix)
    {
        lock (_gate)
            return _offered.GetValueOrDefault(prefix);
    }

    /// <summary>The range dynamic addresses of a pool should come from, or null.</summary>
    public IPNetwork? RangeOf(IPNetwork prefix) => Find(prefix)?.Range;

    /// <summary>Docker gave a pool back.</summary>
    public void Release(IPNetwork prefix) => Used([prefix]);

    /// <summary>Pools became a network.</summary>
    public void Used(IEnumerable<IPNetwork> prefixes)
    {
        lock (_gate)
        {
            foreach (var prefix in prefixes)
                _offered.Remove(prefix);
        }
    }

    private static IPNetwork CheckJoin(IPNetwork prefix, PoolOptions asked) => asked.Range is { } range
        ? throw PoolOptions.Wrong($"IP range {range}: {prefix} is the subnet of a network that exists, whose addresses all engines share; leave --ip-range out")
        : prefix;

    private void Forget()
    {
        var before = clock.GetUtcNow() - s_patience;
        foreach (var (prefix, _) in _offered.Where(pool => pool.Value.OfferedAt < before).ToList())
            _offered.Remove(prefix);
    }
}
