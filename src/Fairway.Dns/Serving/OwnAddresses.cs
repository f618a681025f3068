using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;

namespace Fairway.Dns.Serving;

/// <summary>The addresses at which the resolver itself answers. Networks may overlap, so an address may be that of several.</summary>
internal sealed class OwnAddresses
{
    private readonly ConcurrentDictionary<IPEndPoint, ImmutableHashSet<uint>> _holders = [];
    private readonly ConcurrentDictionary<uint, ImmutableArray<IPEndPoint>> _byNetwork = [];

    public bool Contains(IPEndPoint address) => _holders.ContainsKey(address);

    public void Add(uint network, IEnumerable<IPEndPoint> addresses)
    {
        _byNetwork[network] = [.. addresses.Distinct()];
        foreach (IPEndPoint address in _byNetwork[network])
            _holders.AddOrUpdate(address, _ => [network], (_, holders) => holders.Add(network));
    }

    public void Remove(uint network)
    {
        if (!_byNetwork.TryRemove(network, out ImmutableArray<IPEndPoint> addresses))
            return;
        foreach (IPEndPoint address in addresses)
        {
            ImmutableHashSet<uint> left = _holders[address].Remove(network);
            if (left.IsEmpty)
                _holders.TryRemove(address, out _);
            else
                _holders[address] = left;
        }
    }
}
