using System.Collections.Immutable;
using System.Net;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Fairway.Engine.Operations;
using Fairway.Model.Addressing;
using Fairway.Model.Attach;
using Fairway.Model.Changes;
using Fairway.Model.Dns;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Namespaces;
using Fairway.Model.Networks;
using Fairway.Model.Ports;
using Fairway.Model.Requests;

namespace Fairway.Api.Tests.Fixtures;

/// <summary>Just enough of a host to see what the API makes of it: resources in lists, one revision per write, failures on demand.</summary>
internal sealed class FakeHost : IHostNetworking
{
    private readonly Lock _lock = new();
    private readonly List<Change> _changes = [];
    private readonly List<Channel<Change>> _watchers = [];
    private ImmutableList<Network> _networks = [];
    private ImmutableList<Endpoint> _endpoints = [];
    private ImmutableList<NetworkNamespace> _namespaces = [];

    /// <summary>What the next write throws.</summary>
    public Exception? FailNext { get; set; }

    /// <summary>Writes wait for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public long Revision { get; private set; }

    public IReadOnlyList<Network> Networks => _networks;

    public IReadOnlyList<Endpoint> Endpoints => _endpoints;

    public IReadOnlyList<NetworkNamespace> Namespaces => _namespaces;

    public Task<Network> CreateNetworkAsync(NetworkSpec spec, CancellationToken cancellation) => WriteAsync(() =>
    {
        if (_networks.Any(network => network.Spec.Name == spec.Name))
            throw new FairwayException(ErrorKind.AlreadyExists, $"network '{spec.Name}'", $"network '{spec.Name}' exists already; choose another name", HcnErrorCode.NetworkAlreadyExists);
        var subnets = spec.Subnets.IsEmpty ? [new SubnetSpec(IPNetwork.Parse("172.20.0.0/24"), IPAddress.Parse("172.20.0.1"))] : spec.Subnets;
        var network = new Network(spec with { Id = Pick(spec.Id), Subnets = subnets }, (uint)_networks.Count + 1, spec.Mtu ?? 1500, Revision + 1);
        _networks = _networks.Add(network);
        Commit(ResourceKind.Network, ChangeKind.Created, network.Spec.Id, spec.Name);
        return network;
    });

    public Task DeleteNetworkAsync(string reference, CancellationToken cancellation) => WriteAsync(() =>
    {
        var network = GetNetwork(reference);
        if (_endpoints.Any(endpoint => endpoint.Spec.NetworkId == network.Spec.Id))
            throw new FairwayException(ErrorKind.Conflict, $"network '{network.Spec.Name}'", $"network '{network.Spec.Name}' has endpoints; delete them first", HcnErrorCode.EntityHasReferences);
        _networks = _networks.Remove(network);
        return Commit(ResourceKind.Network, ChangeKind.Deleted, network.Spec.Id, network.Spec.Name);
    });

    public Task<NetworkNamespace> CreateNamespaceAsync(NamespaceSpec spec, CancellationToken cancellation) => WriteAsync(() =>
    {
        var path = spec.Path ?? $"/run/netns/fake-{spec.Name}";
        var created = new NetworkNamespace(
            spec with { Id = Pick(spec.Id), Path = path, Owned = spec.Path is null, CompartmentId = (uint)_namespaces.Count + 2 }, [], Revision + 1);
        _namespaces = _namespaces.Add(created);
        Commit(ResourceKind.Namespace, ChangeKind.Created, created.Spec.Id, spec.Name);
        return created;
    });

    public Task DeleteNamespaceAsync(string reference, CancellationToken cancellation) => WriteAsync(() =>
    {
        var found = GetNamespace(reference);
        _namespaces = _namespaces.Remove(found);
        return Commit(ResourceKind.Namespace, ChangeKind.Deleted, found.Spec.Id, found.Spec.Name);
    });

    public Task<Endpoint> CreateEndpointAsync(EndpointSpec spec, CancellationToken cancellation) => WriteAsync(() =>
    {
        var network = GetNetwork(spec.NetworkId.ToString());
        var address = spec.Addresses.FirstOrDefault() ?? network.Spec.Subnets[0].Prefix.BaseAddress;
        var endpoint = new Endpoint(spec with { Id = Pick(spec.Id), Name = spec.Name ?? "unnamed", Addresses = [address] }, (uint)_endpoints.Count + 1, 1,
            spec.MacAddress ?? new MacAddress(0x02155d000000 + (ulong)_endpoints.Count), [new EndpointAddress(address, network.Spec.Subnets[0].Prefix.PrefixLength)],
            spec.NamespaceId is null ? EndpointState.Created : EndpointState.Attached, null, Revision + 1);
        _endpoints = _endpoints.Add(endpoint);
        Commit(ResourceKind.Endpoint, ChangeKind.Created, endpoint.Spec.Id, endpoint.Spec.Name);
        return endpoint;
    });

    public Task<Endpoint> CreateEndpointAsync(CreateEndpointRequest request, CancellationToken cancellation) => CreateEndpointAsync(new EndpointSpec
    {
        Name = request.Name,
        NetworkId = GetNetwork(request.Network).Spec.Id,
        NamespaceId = (request.Namespace ?? request.NetnsPath) is { } reference ? GetNamespace(reference).Spec.Id : null,
        InterfaceName = request.InterfaceName ?? "eth0",
        Addresses = request.Addresses,
        MacAddress = request.MacAddress,
        Publications = request.Publications,
        Aliases = request.Aliases,
    }, cancellation);

    public Task DeleteEndpointAsync(string reference, CancellationToken cancellation) => WriteAsync(() =>
    {
        var endpoint = GetEndpoint(reference);
        _endpoints = _endpoints.Remove(endpoint);
        return Commit(ResourceKind.Endpoint, ChangeKind.Deleted, endpoint.Spec.Id, endpoint.Spec.Name);
    });

    public Task<Endpoint> AttachEndpointAsync(string reference, string namespaceReference, string? interfaceName, CancellationToken cancellation) =>
        ReplaceAsync(reference, ChangeKind.Attached, endpoint => endpoint with
        {
            Spec = endpoint.Spec with { NamespaceId = GetNamespace(namespaceReference).Spec.Id, InterfaceName = interfaceName ?? endpoint.Spec.InterfaceName },
            State = EndpointState.Attached,
        });

    public Task<Endpoint> DetachEndpointAsync(string reference, CancellationToken cancellation) =>
        ReplaceAsync(reference, ChangeKind.Detached, endpoint => endpoint with { Spec = endpoint.Spec with { NamespaceId = null }, State = EndpointState.Detached });

    public async Task<IReadOnlyList<PortPublication>> PublishAsync(string reference, IReadOnlyList<PortPublication> publications, CancellationToken cancellation)
    {
        PortPublication[] chosen = [.. publications.Select(publication => publication.HostPort == 0 ? publication with { HostPort = 40000 } : publication)];
        await ReplaceAsync(reference, ChangeKind.Modified, endpoint => endpoint with
        {
            Spec = endpoint.Spec with { Publications = [.. endpoint.Spec.Publications, .. chosen] },
        });
        return chosen;
    }

    public Task UnpublishAsync(string reference, IReadOnlyList<PortPublication> publications, CancellationToken cancellation) =>
        ReplaceAsync(reference, ChangeKind.Modified, endpoint => endpoint with
        {
            Spec = endpoint.Spec with
            {
                Publications = [.. endpoint.Spec.Publications.Where(kept => !publications.Any(gone => gone.Protocol == kept.Protocol && gone.HostPort == kept.HostPort))],
            },
        });

    public async Task<AttachResult> AttachAsync(AttachRequest request, CancellationToken cancellation)
    {
        var endpoint = await CreateEndpointAsync(new EndpointSpec
        {
            Name = request.Endpoint,
            NetworkId = GetNetwork(request.Network).Spec.Id,
            InterfaceName = request.InterfaceName,
            Publications = request.Publish,
            Owner = request.Owner,
        }, cancellation);
        return new AttachResult(endpoint.Spec.Id, endpoint.Spec.Name!, endpoint.Spec.NetworkId, request.InterfaceName, endpoint.MacAddress, 1500,
            endpoint.Addresses, [IPAddress.Parse("172.20.0.1")], new DnsSettings(null, [], ["172.20.0.1"], []), request.Publish, Revision);
    }

    public Task DetachAsync(DetachRequest request, CancellationToken cancellation) => WriteAsync(() =>
    {
        _endpoints = _endpoints.RemoveAll(endpoint => endpoint.Spec.Owner is { } owner && owner.Engine == request.Owner.Engine && owner.Id == request.Owner.Id);
        return true;
    });

    public Network GetNetwork(string reference) =>
        Networks.FirstOrDefault(network => network.Spec.Name == reference || network.Spec.Id.ToString() == reference)
        ?? throw new FairwayException(ErrorKind.NotFound, $"network '{reference}'", $"network '{reference}' does not exist", HcnErrorCode.NetworkNotFound);

    public Endpoint GetEndpoint(string reference) =>
        Endpoints.FirstOrDefault(endpoint => endpoint.Spec.Name == reference || endpoint.Spec.Id.ToString() == reference
            || $"{GetNetwork(endpoint.Spec.NetworkId.ToString()).Spec.Name}/{endpoint.Spec.Name}" == reference)
        ?? throw new FairwayException(ErrorKind.NotFound, $"endpoint '{reference}'", $"endpoint '{reference}' does not exist", HcnErrorCode.EndpointNotFound);

    public NetworkNamespace GetNamespace(string reference) =>
        Namespaces.FirstOrDefault(found => found.Spec.Name == reference || found.Spec.Id.ToString() == reference || found.Spec.Path == reference)
        ?? throw new FairwayException(ErrorKind.NotFound, $"namespace '{reference}'", $"namespace '{reference}' does not exist");

    public async IAsyncEnumerable<Change> WatchAsync(long afterRevision, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var channel = Channel.CreateUnbounded<Change>();
        lock (_lock)
        {
            if (afterRevision > Revision) throw new FairwayException(ErrorKind.Conflict, "changes", $"revision {afterRevision} is not known; list everything again");
            foreach (var change in _changes.Where(change => change.Revision > afterRevision)) channel.Writer.TryWrite(change);
            _watchers.Add(channel);
        }
        await foreach (var change in channel.Reader.ReadAllAsync(cancellation)) yield return change;
    }

    private Task<Endpoint> ReplaceAsync(string reference, ChangeKind kind, Func<Endpoint, Endpoint> change) => WriteAsync(() =>
    {
        var before = GetEndpoint(reference);
        var after = change(before) with { Revision = Revision + 1 };
        _endpoints = _endpoints.Replace(before, after);
        Commit(ResourceKind.Endpoint, kind, after.Spec.Id, after.Spec.Name);
        return after;
    });

    private async Task<T> WriteAsync<T>(Func<T> write)
    {
        await Gate;
        lock (_lock)
        {
            if (FailNext is { } failure)
            {
                FailNext = null;
                throw failure;
            }
            return write();
        }
    }

    private bool Commit(ResourceKind resource, ChangeKind kind, Guid id, string? name)
    {
        var change = new Change(++Revision, resource, kind, id, name);
        _changes.Add(change);
        foreach (var watcher in _watchers) watcher.Writer.TryWrite(change);
        return true;
    }

    private static Guid Pick(Guid asked) => asked == Guid.Empty ? Guid.NewGuid() : asked;
}
