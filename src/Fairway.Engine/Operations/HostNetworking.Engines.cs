using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Fairway.Engine.Store;
using Fairway.Model.Changes;
using Fairway.Model.Dns;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Names;
using Fairway.Model.Networks;
using Fairway.Model.Validation;

namespace Fairway.Engine.Operations;

/// <summary>What engines need that keep networks and addresses of their own and say late whom an endpoint is for.</summary>
internal sealed partial class HostNetworking
{
    public Task<Network> RenameNetworkAsync(string reference, string name, CancellationToken cancellation) =>
        PutNetworkAsync(reference, (transaction, spec) =>
        {
            if (ResourceName.Check(name) is { } wrong)
                throw Refusal.At("$.Name", ErrorKind.InvalidArgument, $"network '{spec.Name}'", wrong, HcnErrorCode.InvalidNetwork);
            if (transaction.State.NetworkNames.TryGetValue(name, out var other) && other != spec.Id)
            {
                throw Refusal.At("$.Name", ErrorKind.AlreadyExists, $"network '{name}'",
                    $"network '{name}' exists already; choose another name, or delete it first", HcnErrorCode.NetworkAlreadyExists);
            }
            return spec with { Name = name };
        }, cancellation);

    public Task<Network> SetNetworkDnsAsync(string reference, DnsSettings settings, CancellationToken cancellation)
    {
        FairwayException.ThrowIfAny($"set name service of network '{reference}'", $"network '{reference}'", DnsSettingsValidator.Validate(settings));
        return PutNetworkAsync(reference, (_, spec) => spec with { Dns = settings }, cancellation);
    }

    public Task<Network> SetEngineNetworkAsync(string reference, EngineNetwork network, CancellationToken cancellation) =>
        PutNetworkAsync(reference, (transaction, spec) =>
        {
            var holder = transaction.State.Networks.Values.Select(scope => scope.Network.Spec).FirstOrDefault(other => Knows(other, network.Engine, network.Id));
            if (holder is not null && holder.Id != spec.Id)
            {
                throw new FairwayException(ErrorKind.AlreadyExists, $"network '{spec.Name}'",
                    $"{network.Engine} network '{network.Name ?? network.Id}' is network '{holder.Name}' already; remove it there first");
            }
            return spec with { EngineNetworks = [.. spec.EngineNetworks.Where(other => !Is(other, network.Engine, network.Id)), network] };
        }, cancellation);

    public async Task RemoveEngineNetworkAsync(string engine, string id, CancellationToken cancellation)
    {
        if (Networks.FirstOrDefault(network => Knows(network.Spec, engine, id)) is not { } known)
            return;
        if (known.Spec.EngineNetworks is [{ Owned: true }])
            await DeleteNetworkAsync(known.Spec.Id.ToString("D"), cancellation).ConfigureAwait(false);
        else
            await PutNetworkAsync(known.Spec.Id.ToString("D"), (_, spec) => spec with { EngineNetworks = Without(spec.EngineNetworks, engine, id) }, cancellation).ConfigureAwait(false);
    }

    public async Task<Endpoint> DescribeEndpointAsync(string reference, EndpointDescription description, CancellationToken cancellation)
    {
        FairwayException.ThrowIfAny($"describe endpoint '{reference}'", $"endpoint '{reference}'", EndpointDescriptionValidator.Validate(description));
        cancellation.ThrowIfCancellationRequested();
        var endpoint = References.Endpoint(State, reference);
        using var pass = await _gate.EnterAsync(endpoint.Spec.Id).ConfigureAwait(false);
        var described = await EnterAsync(transaction =>
        {
            var present = Present(transaction, endpoint);
            var names = transaction.State.Networks[present.Spec.NetworkId].Endpoints;
            var free = !names.TryGetValue(description.Name, out var holder) || holder == present.Spec.Id;
            var spec = present.Spec with
            {
                Name = free ? description.Name : present.Spec.Name,
                Aliases = free ? description.Aliases : [description.Name, .. description.Aliases.Where(alias => !alias.Equals(description.Name, StringComparison.OrdinalIgnoreCase))],
                Owner = description.Owner,
            };
            transaction.Put(present with { Spec = spec }, ChangeKind.Modified);
            return transaction.State.Endpoints[spec.Id];
        }).ConfigureAwait(false);
        // The name stands in the plan: the port stays as it is.
        await ReleaseAsync($"describe endpoint '{described.Result.Spec.Name}'", described.Result, [], described.OnDisk).ConfigureAwait(false);
        return described.Result;
    }

    public async Task<IPAddress> OfferAddressAsync(string network, IPNetwork subnet, IPAddress? asked, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var id = References.Network(State, network).Spec.Id;
        return await WriteAsync(transaction => _admission.Addresses.Offer(transaction, id, subnet, asked)).ConfigureAwait(false);
    }

    public IPNetwork FindFreePrefix(AddressFamily family, IReadOnlyCollection<IPNetwork> withheld) =>
        Refusal.Ask("find a free prefix", "prefixes", () => Admission(new NetworkSpec { Name = "a network" })).FindFree(State, family, withheld);

    private async Task<Network> PutNetworkAsync(string reference, Func<StoreTransaction, NetworkSpec, NetworkSpec> change, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var network = References.Network(State, reference);
        using var pass = await _gate.EnterAsync(network.Spec.Id).ConfigureAwait(false);
        var changed = await WriteAsync(transaction =>
        {
            if (!transaction.State.Networks.TryGetValue(network.Spec.Id, out var scope))
                throw Gone(network);
            transaction.Put(scope.Network with { Spec = change(transaction, scope.Network.Spec) });
            return transaction.State.Network(network.Spec.Id);
        }).ConfigureAwait(false);
        await _parts.Networks.ConvergeAsync(network.Spec.Id).ConfigureAwait(false);
        return changed;
    }

    /// <summary>The one that goes hands the network on to one that stays.</summary>
    private static ImmutableArray<EngineNetwork> Without(ImmutableArray<EngineNetwork> networks, string engine, string id)
    {
        var gone = networks.First(network => Is(network, engine, id));
        ImmutableArray<EngineNetwork> left = [.. networks.Where(network => network != gone)];
        return gone.Owned && left is [var heir, ..] ? left.SetItem(0, heir with { Owned = true }) : left;
    }

    private static bool Knows(NetworkSpec spec, string engine, string id) => spec.EngineNetworks.Any(network => Is(network, engine, id));

    private static bool Is(EngineNetwork network, string engine, string id) => network.Engine == engine && network.Id == id;
}
