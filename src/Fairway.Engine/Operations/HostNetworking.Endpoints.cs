using Fairway.Engine.State;
using Fairway.Engine.Store;
using Fairway.Model.Dns;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Requests;
using Fairway.Model.Validation;

namespace Fairway.Engine.Operations;

internal sealed partial class HostNetworking
{
    /// <summary>How often a request chooses free ports again after another one was faster.</summary>
    private const int PortAttempts = 8;

    public async Task<Endpoint> CreateEndpointAsync(EndpointSpec spec, CancellationToken cancellation)
    {
        FairwayException.ThrowIfAny($"create endpoint '{spec.Name}'", $"endpoint '{spec.Name}'", EndpointSpecValidator.Validate(spec));
        cancellation.ThrowIfCancellationRequested();
        var place = spec.NamespaceId is { } compartment ? await FindPlaceAsync(compartment.ToString("D"), "$.NamespaceId").ConfigureAwait(false) : null;
        return await CreateAsync(spec, place, "$.Publications").ConfigureAwait(false);
    }

    public async Task<Endpoint> CreateEndpointAsync(CreateEndpointRequest request, CancellationToken cancellation)
    {
        FairwayException.ThrowIfAny($"create endpoint '{request.Name}'", $"endpoint '{request.Name}'", EndpointRequestValidator.Validate(request));
        cancellation.ThrowIfCancellationRequested();
        var spec = new EndpointSpec
        {
            Name = request.Name,
            NetworkId = References.Network(State, request.Network).Spec.Id,
            VirtualNic = request.VirtualNic,
            InterfaceName = request.InterfaceName ?? EndpointSpec.DefaultInterfaceName,
            Addresses = request.Addresses,
            MacAddress = request.MacAddress,
            ProviderAddress = request.ProviderAddress,
            Publications = request.Publications,
            Aliases = request.Aliases,
            Dns = request.Dns ?? DnsSettings.Empty,
            OutboundNat = request.OutboundNat,
            SwitchRoutes = request.SwitchRoutes,
            Apart = request.Apart,
            Bandwidth = request.Bandwidth,
            Mtu = request.Mtu,
            PortName = request.PortName,
            Owner = request.Owner,
        };
        FairwayException.ThrowIfAny($"create endpoint '{spec.Name}'", $"endpoint '{spec.Name}'", EndpointSpecValidator.Validate(spec));
        var place = request switch
        {
            { NetnsPath: { } path } => await FindPlaceAsync(path, "$.NetnsPath").ConfigureAwait(false),
            { Namespace: { } reference } => await FindPlaceAsync(reference, "$.Namespace").ConfigureAwait(false),
            _ => null,
        };
        return await CreateAsync(spec, place, "$.Publications").ConfigureAwait(false);
    }

    public async Task DeleteEndpointAsync(string reference, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var endpoint = References.Endpoint(State, reference);
        using var pass = await _gate.EnterAsync(endpoint.Spec.Id).ConfigureAwait(false);
        await DeleteAsync(endpoint).ConfigureAwait(false);
    }

    public async Task<Endpoint> AttachEndpointAsync(string reference, string namespaceReference, string? interfaceName, CancellationToken cancellation)
    {
        var request = new AttachEndpointRequest { Namespace = namespaceReference, InterfaceName = interfaceName };
        FairwayException.ThrowIfAny($"attach endpoint '{reference}'", $"endpoint '{reference}'", EndpointRequestValidator.Validate(request));
        cancellation.ThrowIfCancellationRequested();
        var endpoint = References.Endpoint(State, reference);
        RemoteEndpoints.RequireLocal("attach endpoint", endpoint);
        using var pass = await _gate.EnterAsync(endpoint.Spec.Id).ConfigureAwait(false);
        var place = await FindPlaceAsync(namespaceReference, "$.Namespace").ConfigureAwait(false);
        CheckPorts(endpoint.Spec.Id);
        var attached = await EnterAsync(transaction => Attach(transaction, Present(transaction, endpoint), place, interfaceName)).ConfigureAwait(false);
        await ApplyOrUndoAsync($"attach endpoint '{endpoint.Spec.Name}'", attached,
            (transaction, present) =>
            {
                if (place.IsGuest)
                    _admission.Unplug(transaction, present);
                else
                    _admission.Move(transaction, present, compartment: null, endpoint.Spec.InterfaceName);
            }).ConfigureAwait(false);
        return attached.Result.Endpoint;
    }

    public async Task<Endpoint> PlugInEndpointAsync(string reference, string? tap, CancellationToken cancellation)
    {
        FairwayException.ThrowIfAny($"attach endpoint '{reference}'", $"endpoint '{reference}'", EndpointRequestValidator.Validate(new AttachEndpointRequest { Namespace = "machine", InterfaceName = tap }));
        cancellation.ThrowIfCancellationRequested();
        var endpoint = References.Endpoint(State, reference);
        RemoteEndpoints.RequireLocal("attach endpoint", endpoint);
        using var pass = await _gate.EnterAsync(endpoint.Spec.Id).ConfigureAwait(false);
        CheckPorts(endpoint.Spec.Id);
        var attached = await EnterAsync(transaction =>
        {
            var present = Present(transaction, endpoint);
            if (present.Spec.NamespaceId is not null)
                throw AttachedElsewhere(transaction.State, present);
            if (present.Spec.HasOwnPlace)
                throw IsVirtualNic("attach", present);
            _admission.PlugIn(transaction, present, compartment: null, tap);
            return EnteredEndpoint.Of(transaction.State, present.Spec.Id);
        }).ConfigureAwait(false);
        await ApplyOrUndoAsync($"attach endpoint '{endpoint.Spec.Name}'", attached, (transaction, present) => _admission.Unplug(transaction, present)).ConfigureAwait(false);
        return attached.Result.Endpoint;
    }

    public async Task<Endpoint> DetachEndpointAsync(string reference, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var endpoint = References.Endpoint(State, reference);
        using var pass = await _gate.EnterAsync(endpoint.Spec.Id).ConfigureAwait(false);
        var detached = await EnterAsync(transaction =>
        {
            var present = Present(transaction, endpoint);
            if (present.Spec is { VirtualNic: not null, PluggedIn: false, NamespaceId: null })
                throw IsVirtualNic("detach", present);
            if (present.Spec.VirtualNic is not null)
                _admission.Unplug(transaction, present);
            else if (present.Spec.NamespaceId is not null)
                _admission.Move(transaction, present, compartment: null, present.Spec.InterfaceName);
            return EnteredEndpoint.Of(transaction.State, present.Spec.Id);
        }).ConfigureAwait(false);
        await ReleaseAsync($"detach endpoint '{endpoint.Spec.Name}'", endpoint, detached.Result.Publications, detached.OnDisk).ConfigureAwait(false);
        return detached.Result.Endpoint;
    }

    /// <summary>Enters an endpoint, into a place when one is given, and waits until the kernel has it.</summary>
    private async Task<Endpoint> CreateAsync(EndpointSpec spec, Place? place, string publicationsPath)
    {
        spec = spec with { Id = spec.Id == Guid.Empty ? Guid.NewGuid() : spec.Id };
        using var pass = await _gate.EnterAsync(spec.Id).ConfigureAwait(false);
        // A network that is being made may still turn out to be impossible.
        await _gate.WhenFreeAsync(spec.NetworkId).ConfigureAwait(false);
        var write = await EnterWithPortsAsync(spec, place, publicationsPath).ConfigureAwait(false);
        if (place is null && spec is { HasOwnPlace: false, ProviderAddress: null })
            await write.OnDisk.ConfigureAwait(false);
        else
            await ApplyOrUndoAsync($"create endpoint '{write.Result.Endpoint.Spec.Name}'", write, EndpointAdmission.Delete).ConfigureAwait(false);
        return write.Result.Endpoint;
    }

    private async Task<StoreWrite<EnteredEndpoint>> EnterWithPortsAsync(EndpointSpec spec, Place? place, string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            var publications = _ports.Resolve(State, spec.Publications, path, spec.Name ?? spec.Id.ToString("D"));
            try
            {
                return await EnterAsync(transaction =>
                {
                    _admission.Create(transaction, spec with { NamespaceId = place?.Enter(transaction), Publications = publications }, path);
                    return EnteredEndpoint.Of(transaction.State, spec.Id);
                }).ConfigureAwait(false);
            }
            catch (FairwayException problem) when (LostRace(problem, spec.Publications, attempt))
            {
                // Somebody took a chosen port between the choice and the write.
            }
        }
    }

    private static bool LostRace(FairwayException problem, IEnumerable<Model.Ports.PortPublication> asked, int attempt) =>
        problem.HcnCode == HcnErrorCode.PortAlreadyExists && attempt < PortAttempts && asked.Any(publication => publication.HostPort == 0);

    /// <summary>Takes out an endpoint; the caller has the right to.</summary>
    private async Task DeleteAsync(Endpoint endpoint)
    {
        var deleted = await EnterAsync(transaction =>
        {
            var present = Present(transaction, endpoint);
            var published = EnteredEndpoint.NumbersOf(transaction.State, present.Spec.Id);
            EndpointAdmission.Delete(transaction, present);
            return published;
        }).ConfigureAwait(false);
        try
        {
            await ReleaseAsync($"delete endpoint '{endpoint.Spec.Name}'", endpoint, deleted.Result, deleted.OnDisk).ConfigureAwait(false);
        }
        finally
        {
            _parts.Idle.Left(endpoint.Spec.NetworkId);
        }
    }

    /// <summary>While an endpoint is detached its ports are reserved among ours only; a process of the host may have taken one.</summary>
    private void CheckPorts(Guid id)
    {
        if (State.Endpoints.GetValueOrDefault(id) is not { Spec: { NamespaceId: null } spec })
            return;
        for (var i = 0; i < spec.Publications.Length; i++)
            _ports.CheckUnheld(spec.Publications[i], $"$.Publications[{i}]", spec.Name!);
    }

    private EnteredEndpoint Attach(StoreTransaction transaction, Endpoint endpoint, Place place, string? interfaceName)
    {
        if (endpoint.Spec.VirtualNic is not null && !place.IsGuest)
            throw IsVirtualNic("attach", endpoint);
        if (endpoint.Spec.HandedOver)
        {
            throw new FairwayException(ErrorKind.Conflict, $"endpoint '{endpoint.Spec.Name}'",
                $"attach endpoint '{endpoint.Spec.Name}': {endpoint.Spec.Owner?.Engine ?? "an engine"} puts it into its namespace itself; attach another endpoint",
                HcnErrorCode.EndpointAlreadyAttached);
        }
        var compartment = place.Enter(transaction);
        if (place.IsGuest)
        {
            if (endpoint.Spec.NamespaceId is null)
                _admission.PlugIn(transaction, endpoint, compartment, interfaceName);
            else if (endpoint.Spec.NamespaceId != compartment)
                throw AttachedElsewhere(transaction.State, endpoint);
            return EnteredEndpoint.Of(transaction.State, endpoint.Spec.Id);
        }
        interfaceName ??= endpoint.Spec.InterfaceName;
        if (endpoint.Spec.NamespaceId is null)
            _admission.Move(transaction, endpoint, compartment, interfaceName);
        else if (endpoint.Spec.NamespaceId != compartment || endpoint.Spec.InterfaceName != interfaceName)
            throw AttachedElsewhere(transaction.State, endpoint);
        return EnteredEndpoint.Of(transaction.State, endpoint.Spec.Id);
    }

    private static FairwayException IsVirtualNic(string operation, Endpoint endpoint) => new(ErrorKind.Conflict, $"endpoint '{endpoint.Spec.Name}'",
        $"{operation} endpoint '{endpoint.Spec.Name}': it is the NIC of a virtual machine, behind tap '{endpoint.Spec.InterfaceName}', and in no namespace; "
        + (operation == "attach" ? "attach another endpoint" : "shut the machine down, or delete the endpoint"), HcnErrorCode.EndpointAlreadyAttached);

    private static FairwayException AttachedElsewhere(HostState state, Endpoint endpoint) => new(ErrorKind.Conflict, $"endpoint '{endpoint.Spec.Name}'",
        $"attach endpoint '{endpoint.Spec.Name}': it is interface '{endpoint.Spec.InterfaceName}' of namespace "
        + $"'{NamespaceAdmission.Text(state.Namespaces[endpoint.Spec.NamespaceId!.Value].Namespace.Spec)}'; detach it first", HcnErrorCode.EndpointAlreadyAttached);
}
