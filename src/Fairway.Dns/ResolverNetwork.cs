using System.Collections.Immutable;
using System.Net;
using Fairway.Dns.Wire;
using Fairway.Model.Networks;

namespace Fairway.Dns;

/// <summary>
/// The names of one network, immutable: a change makes a new one that shares all but the changed parts, at the cost of the
/// endpoint's own names whatever the size of the network.
/// </summary>
public sealed class ResolverNetwork
{
    private readonly ImmutableDictionary<Guid, ResolverEndpoint> _endpoints = ImmutableDictionary<Guid, ResolverEndpoint>.Empty;
    private readonly ImmutableDictionary<DomainName, ImmutableArray<ResolverEndpoint>> _names
        = ImmutableDictionary<DomainName, ImmutableArray<ResolverEndpoint>>.Empty;
    private readonly ImmutableDictionary<IPAddress, ResolverEndpoint> _addresses = ImmutableDictionary<IPAddress, ResolverEndpoint>.Empty;

    /// <summary>Creates a network without endpoints.</summary>
    /// <param name="number">Its number in the switch.</param>
    /// <param name="name">Its name, also the zone of its endpoints: <c>c1.web</c>. A name that cannot be a domain name makes no zone.</param>
    /// <param name="domain">A further suffix, e.g. <c>example.com</c>, or null. Unlike the zone, what is unknown there is asked upstream.</param>
    /// <param name="forwards">Whether names of the outside are asked of the host's resolvers.</param>
    /// <param name="subnets">Prefixes whose addresses are looked up here and never asked upstream.</param>
    public ResolverNetwork(uint number, string name, string? domain, bool forwards, ImmutableArray<IPNetwork> subnets)
    {
        Number = number;
        Name = name;
        Forwards = forwards;
        Subnets = subnets;
        Zone = DomainName.TryParse(name, out DomainName? zone) ? zone : null;
        Suffixes = domain is null || string.Equals(domain, name, StringComparison.OrdinalIgnoreCase) ? [name] : [name, domain];
    }

    /// <summary>Its number in the switch.</summary>
    public uint Number { get; }
    /// <summary>Its name.</summary>
    public string Name { get; }
    /// <summary>Whether names of the outside are asked of the host's resolvers.</summary>
    public bool Forwards { get; }
    /// <summary>Its prefixes.</summary>
    public ImmutableArray<IPNetwork> Subnets { get; }
    /// <summary>The endpoints by id.</summary>
    public IReadOnlyDictionary<Guid, ResolverEndpoint> Endpoints => _endpoints;

    internal DomainName? Zone { get; }
    internal ImmutableArray<string> Suffixes { get; }

    /// <summary>A network as stored, without endpoints; one without a way out asks nothing upstream.</summary>
    /// <param name="network">As stored.</param>
    public static ResolverNetwork Of(Network network)
        => new(network.Number, network.Spec.Name, network.Spec.Dns.Domain, network.Spec.Traits.HasDefaultRoute,
            [.. network.Spec.Subnets.Select(subnet => subnet.Prefix)]);

    /// <summary>Adds or replaces an endpoint.</summary>
    /// <param name="endpoint">Names that cannot be domain names are left out: nobody can ask for them.</param>
    public ResolverNetwork With(ResolverEndpoint endpoint)
    {
        ResolverNetwork rest = Without(endpoint.Id);
        var names = rest._names.ToBuilder();
        foreach (DomainName name in NamesOf(endpoint))
            names[name] = names.TryGetValue(name, out ImmutableArray<ResolverEndpoint> sharers) ? sharers.Add(endpoint) : [endpoint];
        return new ResolverNetwork(rest, rest._endpoints.Add(endpoint.Id, endpoint), names.ToImmutable(),
            rest._addresses.SetItems(endpoint.Addresses.Select(address => KeyValuePair.Create(address, endpoint))));
    }

    /// <summary>Removes an endpoint; absence is success.</summary>
    /// <param name="id">Its id.</param>
    public ResolverNetwork Without(Guid id)
    {
        if (!_endpoints.TryGetValue(id, out ResolverEndpoint? endpoint))
            return this;
        var names = _names.ToBuilder();
        foreach (DomainName name in NamesOf(endpoint))
        {
            ImmutableArray<ResolverEndpoint> sharers = names[name].Remove(endpoint);
            if (sharers.IsEmpty)
                names.Remove(name);
            else
                names[name] = sharers;
        }
        // An address may have passed on to another endpoint before this one left.
        IEnumerable<IPAddress> addresses = endpoint.Addresses.Where(address => _addresses.TryGetValue(address, out var holder) && holder.Id == id);
        return new ResolverNetwork(this, _endpoints.Remove(id), names.ToImmutable(), _addresses.RemoveRange(addresses));
    }

    internal ImmutableArray<ResolverEndpoint> Find(DomainName name) => _names.GetValueOrDefault(name, []);

    internal ResolverEndpoint? Find(IPAddress address) => _addresses.GetValueOrDefault(address);

    internal DomainName? CanonicalName(ResolverEndpoint endpoint)
        => DomainName.TryParse($"{endpoint.Name}.{Name}", out DomainName? name) || DomainName.TryParse(endpoint.Name, out name) ? name : null;

    private HashSet<DomainName> NamesOf(ResolverEndpoint endpoint)
    {
        var names = new HashSet<DomainName>();
        foreach (string label in endpoint.Aliases.Prepend(endpoint.Name))
        {
            foreach (string text in Suffixes.Select(suffix => $"{label}.{suffix}").Prepend(label))
            {
                if (DomainName.TryParse(text, out DomainName? name))
                    names.Add(name);
            }
        }
        return names;
    }

    private ResolverNetwork(ResolverNetwork network, ImmutableDictionary<Guid, ResolverEndpoint> endpoints,
        ImmutableDictionary<DomainName, ImmutableArray<ResolverEndpoint>> names, ImmutableDictionary<IPAddress, ResolverEndpoint> addresses)
    {
        (Number, Name, Forwards, Subnets, Zone, Suffixes) = (network.Number, network.Name, network.Forwards, network.Subnets, network.Zone, network.Suffixes);
        _endpoints = endpoints;
        _names = names;
        _addresses = addresses;
    }
}
