using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Fairway.Dns.Forwarding;
using Fairway.Dns.Serving;

namespace Fairway.Dns;

/// <summary>
/// The resolvers of all networks: names of their endpoints are answered from tables it is handed, everything else is asked of the host's name
/// servers. All members may be called from any thread.
/// </summary>
public sealed class Resolver : IAsyncDisposable
{
    private readonly SharedParts _shared;
    private readonly ConcurrentDictionary<uint, NetworkService> _services = [];
    private readonly OwnAddresses _own = new();

    /// <summary>Creates a resolver that serves nothing yet.</summary>
    /// <param name="options">Name servers, clock, log.</param>
    public Resolver(ResolverOptions options)
    {
        var counters = new Counters();
        _shared = new SharedParts(options, new NetworkDirectory(), new Forwarders(Ask(options.Upstreams), Ask), counters);

        Forwarder Ask(IUpstreamSource upstreams) => new(upstreams, _own.Contains, counters, options.Time, options.Log);
    }

    /// <summary>What happened so far.</summary>
    public ResolverStatistics Statistics
        => _shared.Counters.Read(_services.ToImmutableSortedDictionary(service => service.Key, service => service.Value.Pipeline.Queries));

    /// <summary>Starts to serve a network.</summary>
    /// <param name="network">Its names.</param>
    /// <param name="sockets">
    /// Bound UDP and TCP sockets, one of each per address at which the network's endpoints ask; none for a network whose names are only seen by
    /// endpoints that are on other networks too. The resolver listens on them and owns them from now on. Sockets bound to a wildcard take questions
    /// for other servers; those for datagrams need <see cref="ResolverOptions.AnswerFrom"/>, or answers could leave from another address than was asked.
    /// </param>
    /// <exception cref="ArgumentException">A socket is not bound to an address, or the network is served already. The sockets stay the caller's.</exception>
    /// <exception cref="SocketException">A socket cannot listen. The sockets stay the caller's.</exception>
    public void AddNetwork(ResolverNetwork network, IReadOnlyList<Socket> sockets)
    {
        if (sockets.FirstOrDefault(socket => socket.LocalEndPoint is not IPEndPoint end
            || (IsWildcard(end.Address) && socket.SocketType != SocketType.Stream && _shared.Options.AnswerFrom is null)) is { } unbound)
            throw new ArgumentException($"serve DNS for network '{network.Name}': socket at '{unbound.LocalEndPoint}' is not bound to one address");
        lock (_services)
        {
            if (_services.ContainsKey(network.Number))
                throw new ArgumentException($"serve DNS for network '{network.Name}': number {network.Number} is served already; update it instead");
            // Before the first query can come.
            _shared.Directory.Set(network);
            _own.Add(network.Number, sockets.Select(socket => (IPEndPoint)socket.LocalEndPoint!));
            try
            {
                var pipeline = new QueryPipeline(network.Number, _shared);
                _services[network.Number] = new NetworkService(sockets, pipeline, _shared);
            }
            catch (SocketException)
            {
                _shared.Directory.Remove(network.Number);
                _own.Remove(network.Number);
                throw;
            }
        }
    }

    /// <summary>Replaces the table of a network that is served; queries see the one or the other. Of an unknown network nothing is kept.</summary>
    /// <param name="network">The new table.</param>
    public void Update(ResolverNetwork network)
    {
        lock (_services)
        {
            if (_services.ContainsKey(network.Number))
                _shared.Directory.Set(network);
        }
    }

    /// <summary>Adds or replaces one endpoint, at a cost that does not depend on how many there are. Of an unknown network nothing is kept.</summary>
    /// <param name="network">Number of the network.</param>
    /// <param name="endpoint">The endpoint.</param>
    public void SetEndpoint(uint network, ResolverEndpoint endpoint) => _shared.Directory.SetEndpoint(network, endpoint);

    /// <summary>Removes one endpoint; absence is success.</summary>
    /// <param name="network">Number of the network.</param>
    /// <param name="endpoint">Id of the endpoint.</param>
    public void RemoveEndpoint(uint network, Guid endpoint) => _shared.Directory.RemoveEndpoint(network, endpoint);

    /// <summary>Stops to serve a network and closes its sockets; absence is success.</summary>
    /// <param name="number">Number of the network.</param>
    public async ValueTask RemoveNetworkAsync(uint number)
    {
        NetworkService? service;
        lock (_services)
        {
            _services.TryRemove(number, out service);
            _shared.Directory.Remove(number);
            _own.Remove(number);
        }
        if (service is not null)
            await service.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Stops to serve all networks and closes their sockets. What is not answered by then never is: askers ask again.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (uint number in _services.Keys)
            await RemoveNetworkAsync(number).ConfigureAwait(false);
        _shared.Forwarders.Dispose();
    }

    internal static bool IsWildcard(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
