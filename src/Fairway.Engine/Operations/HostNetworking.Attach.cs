using System.Collections.Immutable;
using Fairway.Engine.Planner;
using Fairway.Engine.State;
using Fairway.Model.Attach;
using Fairway.Model.Dns;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Networks;
using Fairway.Model.Ports;
using Fairway.Model.Validation;

namespace Fairway.Engine.Operations;

internal sealed partial class HostNetworking
{
    public async Task<AttachResult> AttachAsync(AttachRequest request, CancellationToken cancellation)
    {
        FairwayException.ThrowIfAny($"attach to network '{request.Network}'", $"network '{request.Network}'", AttachRequestValidator.Validate(request));
        cancellation.ThrowIfCancellationRequested();
        if (request.Owner is not { } owner)
            return Result(await AttachNewAsync(request).ConfigureAwait(false));
        // The same workload may ask again before the first answer.
        using var pass = await _owners.EnterAsync((OwnerKey.Of(owner), request.InterfaceName)).ConfigureAwait(false);
        return Result(await AttachedBeforeAsync(request, owner).ConfigureAwait(false) ?? await AttachNewAsync(request).ConfigureAwait(false));
    }

    public async Task DetachAsync(DetachRequest request, CancellationToken cancellation)
    {
        FairwayException.ThrowIfAny("detach", $"owner '{request.Owner.Id}'", AttachRequestValidator.Validate(request));
        cancellation.ThrowIfCancellationRequested();
        var state = State;
        var network = request.Network is { } reference ? References.NetworkExactly(state, reference) : null;
        // An engine may ask after the network was deleted, and with it everything that could be detached.
        if (request.Network is not null && network is null)
            return;
        var endpoints = state.OwnedBy(request.Owner)
            .Select(id => state.Endpoints.GetValueOrDefault(id))
            .Where(endpoint => endpoint is not null && (request.InterfaceName is null || endpoint.Spec.InterfaceName == request.InterfaceName)
                && (network is null || endpoint.Spec.NetworkId == network.Spec.Id));
        await Task.WhenAll(endpoints.Select(endpoint => DeleteIfPresentAsync(endpoint!))).ConfigureAwait(false);
    }

    private async Task<Endpoint> AttachNewAsync(AttachRequest request)
    {
        var network = References.Network(State, request.Network);
        if (!request.Routes.IsEmpty && !network.Spec.Traits.HasDefaultRoute)
        {
            throw Refusal.At("$.Routes", ErrorKind.InvalidArgument, $"network '{network.Spec.Name}'",
                $"attach to network '{network.Spec.Name}': it has no way out, and routes would lead nowhere; leave them out");
        }
        var place = await FindPlaceAsync(request.NetnsPath, "$.NetnsPath").ConfigureAwait(false);
        var spec = new EndpointSpec
        {
            Name = request.Endpoint,
            NetworkId = network.Spec.Id,
            InterfaceName = request.InterfaceName,
            Addresses = request.Addresses,
            MacAddress = request.MacAddress,
            Publications = request.Publish,
            Aliases = request.Aliases,
            Dns = request.Dns,
            Routes = request.Routes,
            Bandwidth = request.Bandwidth,
            Owner = request.Owner,
        };
        return await CreateAsync(spec, place, "$.Publish").ConfigureAwait(false);
    }

    /// <summary>The endpoint of an earlier request of the same workload for the same interface, in place; null when there is none that still counts.</summary>
    private async Task<Endpoint?> AttachedBeforeAsync(AttachRequest request, Owner owner)
    {
        var earlier = State.OwnedBy(owner).Select(id => State.Endpoints.GetValueOrDefault(id)).FirstOrDefault(endpoint => endpoint?.Spec.InterfaceName == request.InterfaceName);
        if (earlier is null)
            return null;
        using var pass = await _gate.EnterAsync(earlier.Spec.Id).ConfigureAwait(false);
        if (!State.Endpoints.TryGetValue(earlier.Spec.Id, out var endpoint))
            return null;
        CheckSame(request, endpoint);
        var place = await FindPlaceAsync(request.NetnsPath, "$.NetnsPath").ConfigureAwait(false);
        var before = endpoint.Spec.NamespaceId is { } id ? State.Namespaces[id].Namespace.Spec : null;
        if (before?.Cookie == place.Cookie)
        {
            if (request.FailIfAttached)
                throw AttachedAlready(request, endpoint);
            await ReleaseAsync($"attach endpoint '{endpoint.Spec.Name}'", endpoint, EnteredEndpoint.NumbersOf(State, endpoint.Spec.Id), Task.CompletedTask).ConfigureAwait(false);
            return endpoint;
        }
        if (before is not null && (before.Guest || _parts.Drivers.Namespaces.Identify(before.Path!) == before.Cookie))
            throw AttachedElsewhere(State, endpoint);
        CheckPorts(endpoint.Spec.Id);
        // The workload came back in another namespace, and the one it had is gone: it keeps its addresses and ports.
        return await MoveAsync(endpoint, place).ConfigureAwait(false);
    }

    private async Task<Endpoint> MoveAsync(Endpoint endpoint, Place place)
    {
        var moved = await EnterAsync(transaction =>
        {
            _admission.Move(transaction, Present(transaction, endpoint), place.Enter(transaction), endpoint.Spec.InterfaceName);
            return EnteredEndpoint.Of(transaction.State, endpoint.Spec.Id);
        }).ConfigureAwait(false);
        await ApplyOrUndoAsync($"attach endpoint '{endpoint.Spec.Name}'", moved,
            (transaction, present) => _admission.Move(transaction, present, compartment: null, endpoint.Spec.InterfaceName)).ConfigureAwait(false);
        return moved.Result.Endpoint;
    }

    /// <summary>Refuses to take an earlier endpoint for one that was asked for differently.</summary>
    private void CheckSame(AttachRequest request, Endpoint endpoint)
    {
        var difference =
            endpoint.Spec.NetworkId != References.Network(State, request.Network).Spec.Id ? ("Network", "network") :
            request.Endpoint is { } name && !name.Equals(endpoint.Spec.Name, StringComparison.OrdinalIgnoreCase) ? ("Endpoint", "name") :
            request.MacAddress is { } mac && mac != endpoint.MacAddress ? ("MacAddress", "MAC") :
            request.Addresses.Except(endpoint.Spec.Addresses).Any() ? ("Addresses", "address") :
            !SameDns(request.Dns, DnsSettings.Empty) && !SameDns(request.Dns, endpoint.Spec.Dns) ? ("Dns", "name service") :
            request.Routes.Except(endpoint.Spec.Routes).Any() ? ("Routes", "route") :
            request.Bandwidth is { } limits && limits != endpoint.Spec.Bandwidth ? ("Bandwidth", "bandwidth") :
            request.Publish.Any(asked => !endpoint.Spec.Publications.Any(present => Answers(present, asked))) ? ("Publish", "publication") :
            ((string Member, string Thing)?)null;
        if (difference is not { } found)
            return;
        throw Refusal.At($"$.{found.Member}", ErrorKind.Conflict, $"endpoint '{endpoint.Spec.Name}'",
            $"attach to network '{request.Network}': interface '{request.InterfaceName}' of '{request.Owner!.Id}' is endpoint '{References.FullName(State, endpoint)}' already, "
            + $"with another {found.Thing}; detach it first", HcnErrorCode.EndpointAlreadyAttached);
    }

    private FairwayException AttachedAlready(AttachRequest request, Endpoint endpoint) => Refusal.At("$.InterfaceName", ErrorKind.AlreadyExists, $"endpoint '{endpoint.Spec.Name}'",
        $"attach to network '{request.Network}': interface '{request.InterfaceName}' of '{request.Owner!.Id}' is endpoint '{References.FullName(State, endpoint)}' already; "
        + "detach it first", HcnErrorCode.EndpointAlreadyAttached);

    private static bool SameDns(DnsSettings one, DnsSettings other) => one.Domain == other.Domain && one.Search.SequenceEqual(other.Search)
        && one.Servers.SequenceEqual(other.Servers) && one.Options.SequenceEqual(other.Options);

    private static bool Answers(PortPublication present, PortPublication asked) =>
        present.Protocol == asked.Protocol && Equals(present.HostAddress, asked.HostAddress) && present.ContainerPort == asked.ContainerPort
        && present.Count == asked.Count && (asked.HostPort == 0 || asked.HostPort == present.HostPort) && present.From.SequenceEqual(asked.From);

    private async Task DeleteIfPresentAsync(Endpoint endpoint)
    {
        using var pass = await _gate.EnterAsync(endpoint.Spec.Id).ConfigureAwait(false);
        if (State.Endpoints.ContainsKey(endpoint.Spec.Id))
            await DeleteAsync(endpoint).ConfigureAwait(false);
    }

    public AttachResult? FindAttachment(Guid endpoint) => State.Endpoints.GetValueOrDefault(endpoint) is { } found ? Result(found) : null;

    private AttachResult Result(Endpoint endpoint)
    {
        var state = State;
        var network = state.Network(endpoint.Spec.NetworkId);
        return new AttachResult(endpoint.Spec.Id, endpoint.Spec.Name!, network.Spec.Id, endpoint.Spec.InterfaceName, endpoint.MacAddress, EndpointPlanner.Mtu(network, endpoint.Spec),
            endpoint.Addresses, EndpointPlanner.Gateways(network, endpoint), Dns(network, endpoint), endpoint.Spec.Publications, endpoint.Revision);
    }

    /// <summary>What the workload's resolv.conf should say: its own settings, else the network's, else the network's resolver.</summary>
    private static DnsSettings Dns(Network network, Endpoint endpoint)
    {
        var (own, general) = (endpoint.Spec.Dns, network.Spec.Dns);
        ImmutableArray<string> resolver = network.Spec.Traits.HasGateway
            ? [.. network.Spec.Subnets.Where(subnet => subnet.Gateway is not null).Select(subnet => subnet.Gateway!.ToString())]
            : [];
        return new DnsSettings(
            own.Domain ?? general.Domain,
            own.Search.IsEmpty ? general.Search : own.Search,
            !own.Servers.IsEmpty ? own.Servers : !general.Servers.IsEmpty ? general.Servers : resolver,
            own.Options.IsEmpty ? general.Options : own.Options);
    }
}
