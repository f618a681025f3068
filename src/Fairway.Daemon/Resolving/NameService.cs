using Fairway.Dns;
using Fairway.Engine.Operations;
using Fairway.Engine.Plan;
using Fairway.Linux;
using Fairway.Model.Changes;
using Fairway.Model.Networks;

namespace Fairway.Daemon.Resolving;

/// <summary>Keeps the resolver's sockets and tables what the kernel and the store have. One thing at a time: driver threads and the change stream meet here.</summary>
internal sealed class NameService(Resolver resolver, ResolverSockets sockets, ILogger logger) : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<uint, ServedNetwork> _served = [];
    private IHostNetworking? _host;
    private Task _following = Task.CompletedTask;

    /// <summary>Serves every network there is, and follows changes from here on.</summary>
    public void Start(IHostNetworking host)
    {
        _host = host;
        var revision = host.Revision;
        foreach (var network in host.Networks)
        {
            try
            {
                Serve(host, network);
            }
            catch (LinuxException refused)
            {
                logger.LogError("serve names of network '{Network}': {Cause}; tried again when the network is repaired", network.Spec.Name, refused.Message);
            }
        }
        _following = new ChangeFollower(host, UseAsync, BeginAgainAsync).RunAsync(revision, _stop.Token);
    }

    /// <summary>Serves networks the kernel has just been given. Before the start there is nothing to serve them from; the start serves all.</summary>
    public void Serve(IReadOnlyCollection<NetworkPlan> applied)
    {
        if (_host is not { } host) return;
        var ids = applied.Select(plan => plan.Id).ToHashSet();
        foreach (var network in host.Networks.Where(network => ids.Contains(network.Spec.Id))) Serve(host, network);
    }

    /// <summary>Knows an endpoint by name from here on. Before the start there is nobody to tell; the start knows all.</summary>
    public void Announce(Guid endpoint)
    {
        if (_host is null) return;
        _gate.Wait();
        try
        {
            Refresh(endpoint);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _following;
        await resolver.DisposeAsync();
        _gate.Dispose();
        _stop.Dispose();
    }

    private void Serve(IHostNetworking host, Network network)
    {
        var addresses = NameTables.ResolverAddresses(network);
        _gate.Wait();
        try
        {
            var place = new ServedNetwork(network.Spec.Id, addresses.Count == 0 ? null : sockets.FindInterface(network.Number), string.Join(' ', addresses));
            if (_served.GetValueOrDefault(network.Number) == place) return;
            // The number was another network's, the interface was made anew and the old sockets hear nothing any more, or subnets came or went.
            if (_served.Remove(network.Number)) resolver.RemoveNetworkAsync(network.Number).AsTask().GetAwaiter().GetResult();
            resolver.AddNetwork(NameTables.Of(host, network), sockets.Open(network.Number, addresses));
            _served[network.Number] = place;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task UseAsync(Change change)
    {
        await _gate.WaitAsync(_stop.Token);
        try
        {
            if (change.Resource == ResourceKind.Endpoint) Refresh(change.Id);
            else if (change is { Resource: ResourceKind.Network, Kind: ChangeKind.Deleted }) await ForgetAsync(change.Id);
            else if (change is { Resource: ResourceKind.Network, Kind: ChangeKind.Modified }) Rename(change.Id);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Takes an endpoint as it is now, which may be newer than the change that told of it.</summary>
    private void Refresh(Guid id)
    {
        if (_host!.FindEndpoint(id) is { } endpoint && ResolverEndpoint.Of(endpoint) is { } names)
        {
            foreach (var (number, served) in _served)
            {
                if (served.Id == endpoint.Spec.NetworkId) resolver.SetEndpoint(number, names);
            }
        }
        else
        {
            foreach (var number in _served.Keys) resolver.RemoveEndpoint(number, id);
        }
    }

    /// <summary>A network's name is the zone of its endpoints' names.</summary>
    private void Rename(Guid id)
    {
        if (_host!.Networks.FirstOrDefault(network => network.Spec.Id == id) is { } network && _served.ContainsKey(network.Number))
            resolver.Update(NameTables.Of(_host, network));
    }

    private async Task ForgetAsync(Guid network)
    {
        foreach (var (number, _) in _served.Where(served => served.Value.Id == network).ToList())
        {
            _served.Remove(number);
            await resolver.RemoveNetworkAsync(number);
        }
    }

    private async Task BeginAgainAsync()
    {
        await _gate.WaitAsync(_stop.Token);
        try
        {
            var networks = _host!.Networks.ToDictionary(network => network.Spec.Id);
            foreach (var served in _served.Values.ToList())
            {
                if (networks.TryGetValue(served.Id, out var network)) resolver.Update(NameTables.Of(_host, network));
                else await ForgetAsync(served.Id);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Whose number it is, and the interface and addresses its sockets are bound to.</summary>
    private sealed record ServedNetwork(Guid Id, int? Interface, string Addresses);
}
