using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;

namespace Fairway.Dns.Serving;

/// <summary>All networks, and which of them each namespace is on. Written under one lock, read without.</summary>
internal sealed class NetworkDirectory
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<uint, ResolverNetwork> _networks = [];
    private readonly ConcurrentDictionary<Guid, ImmutableArray<Membership>> _namespaces = [];

    private readonly record struct Membership(uint Network, Guid Endpoint);

    /// <summary>Adds a network or replaces its table.</summary>
    public void Set(ResolverNetwork network)
    {
        lock (_gate)
        {
            if (_networks.TryGetValue(network.Number, out ResolverNetwork? former))
                Leave(network.Number, former.Endpoints.Values);
            Join(network.Number, network.Endpoints.Values);
            _networks[network.Number] = network;
        }
    }

    public void Remove(uint number)
    {
        lock (_gate)
        {
            if (_networks.TryRemove(number, out ResolverNetwork? network))
                Leave(number, network.Endpoints.Values);
        }
    }

    /// <summary>Adds or replaces an endpoint; without the network nothing happens.</summary>
    public void SetEndpoint(uint number, ResolverEndpoint endpoint)
    {
        lock (_gate)
        {
            if (!_networks.TryGetValue(number, out ResolverNetwork? network))
                return;
            if (network.Endpoints.TryGetValue(endpoint.Id, out ResolverEndpoint? former))
                Leave(number, [former]);
            Join(number, [endpoint]);
            _networks[number] = network.With(endpoint);
        }
    }

    public void RemoveEndpoint(uint number, Guid id)
    {
        lock (_gate)
        {
            if (!_networks.TryGetValue(number, out ResolverNetwork? network) || !network.Endpoints.TryGetValue(id, out ResolverEndpoint? endpoint))
                return;
            Leave(number, [endpoint]);
            _networks[number] = network.Without(id);
        }
    }

    /// <summary>The networks the client is on, the asked one first, the others by number. Empty when the asked one is gone.</summary>
    public ResolverNetwork[] NetworksOf(uint number, IPAddress client)
    {
        if (!_networks.TryGetValue(number, out ResolverNetwork? asked))
            return [];
        if (asked.Find(client)?.Namespace is not { } place || !_namespaces.TryGetValue(place, out ImmutableArray<Membership> memberships))
            return [asked];
        return
        [
            asked,
            .. memberships.Select(membership => membership.Network).Where(other => other != number).Distinct().Order()
                .Select(other => _networks.GetValueOrDefault(other)).OfType<ResolverNetwork>(),
        ];
    }

    private void Join(uint number, IEnumerable<ResolverEndpoint> endpoints)
    {
        foreach (ResolverEndpoint endpoint in endpoints)
        {
            if (endpoint.Namespace is { } place)
                _namespaces[place] = _namespaces.GetValueOrDefault(place, []).Add(new Membership(number, endpoint.Id));
        }
    }

    private void Leave(uint number, IEnumerable<ResolverEndpoint> endpoints)
    {
        foreach (ResolverEndpoint endpoint in endpoints)
        {
            if (endpoint.Namespace is not { } place)
                continue;
            ImmutableArray<Membership> left = _namespaces[place].Remove(new Membership(number, endpoint.Id));
            if (left.IsEmpty)
                _namespaces.TryRemove(place, out _);
            else
                _namespaces[place] = left;
        }
    }
}
