using System.Net;
using Fairway.Engine.Ipam;
using Fairway.Engine.Planner;
using Fairway.Engine.State;
using Fairway.Engine.Store;
using Fairway.Model.Addressing;
using Fairway.Model.Changes;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Names;
using Fairway.Model.Validation;

namespace Fairway.Engine.Operations;

/// <summary>Gives an endpoint its name, addresses, MAC and numbers, and lets it in when nothing present is in its way.</summary>
/// <param name="Addresses">How addresses are given.</param>
/// <param name="BootId">The present boot.</param>
internal sealed record EndpointAdmission(AddressAllocator Addresses, string BootId)
{
    /// <summary>Enters an endpoint.</summary>
    /// <param name="transaction">The write.</param>
    /// <param name="spec">A valid spec with an id; its publications have host ports.</param>
    /// <param name="publicationsPath">JSON path of the member that holds the publications.</param>
    /// <exception cref="FairwayException">Something is in its way.</exception>
    public Endpoint Create(StoreTransaction transaction, EndpointSpec spec, string publicationsPath)
    {
        if (spec is { NamespaceId: { } guest, VirtualNic: null } && transaction.State.Namespaces.TryGetValue(guest, out var inside) && inside.Namespace.Spec.Guest)
            spec = spec with { VirtualNic = new VirtualNic(), PluggedIn = true };
        spec = WithTap(transaction.State, Named(transaction.State, spec));
        if (spec.NamespaceId is { } compartment)
            NamespaceAdmission.CheckRoom(transaction.State, compartment, spec.InterfaceName);
        SidecarAdmission.Check(transaction.State, spec);
        RemoteEndpoints.Check(transaction.State.Networks[spec.NetworkId].Network, spec);
        var network = transaction.State.Network(spec.NetworkId);
        FairwayException.ThrowIfAny($"create endpoint '{spec.Name}'", $"endpoint '{spec.Name}'", [.. EndpointWayValidator.Validate(spec, network.Spec), .. EndpointLinkValidator.Validate(spec, network)]);
        CheckPortName(transaction.State, spec);
        var addresses = Addresses.Allocate(transaction, Lease(transaction.State, spec), spec.Addresses, spec.Parts);
        // What is on another host has no port of this one's.
        var port = spec.ProviderAddress is null ? transaction.TakeNumber(NumberKind.Port) : 0;
        var endpoint = new Endpoint(
            spec with { Addresses = [.. addresses.Select(address => address.Address)], Rules = [], Parts = [] },
            port,
            port == 0 ? 0 : transaction.TakeGeneration(port),
            Mac(transaction.State.Networks[spec.NetworkId], spec, addresses.FirstOrDefault()?.Address),
            addresses,
            spec is { NamespaceId: null, HasOwnPlace: false } ? EndpointState.Created : EndpointState.Attached,
            Message: null,
            transaction.Revision);
        var publications = PublicationAdmission.Admit(transaction, endpoint, spec.Publications, publicationsPath);
        transaction.Put(endpoint, endpoint.State == EndpointState.Created ? [ChangeKind.Created] : [ChangeKind.Created, ChangeKind.Attached]);
        transaction.Put(spec.Id, publications);
        var rules = Model.Policies.PolicyChange.Add(spec.Rules);
        PolicyAdmission.Check(transaction.State, spec.Id, $"endpoint '{spec.Name}'", rules);
        transaction.Change(spec.Id, spec.Name!, rules);
        return transaction.State.Endpoints[spec.Id];
    }

    /// <summary>Enters an endpoint into a namespace, or takes it out (null).</summary>
    public void Move(StoreTransaction transaction, Endpoint endpoint, Guid? compartment, string interfaceName)
    {
        if (compartment is { } target)
        {
            NamespaceAdmission.CheckRoom(transaction.State, target, interfaceName);
            SourceAdmission.CheckIsNone(transaction.State, endpoint, "attach", HcnErrorCode.EndpointAlreadyAttached);
        }
        var left = endpoint.Spec.NamespaceId;
        var spec = endpoint.Spec with { NamespaceId = compartment, InterfaceName = interfaceName };
        SidecarAdmission.Check(transaction.State, spec);
        foreach (var address in endpoint.Addresses)
            transaction.Put(Lease(transaction.State, spec) with { Address = address.Address });
        transaction.Put(
            endpoint with { Spec = spec, State = compartment is null ? EndpointState.Detached : EndpointState.Attached, Message = null },
            compartment is null ? ChangeKind.Detached : ChangeKind.Attached);
        NamespaceAdmission.ForgetIfEmpty(transaction, left);
    }

    /// <summary>Makes an endpoint the NIC of a virtual machine, if it is none already, in the namespace inside when one is named.</summary>
    public void PlugIn(StoreTransaction transaction, Endpoint endpoint, Guid? compartment, string? tap)
    {
        var state = transaction.State;
        SourceAdmission.CheckIsNone(state, endpoint, "attach", HcnErrorCode.EndpointAlreadyAttached);
        var plain = endpoint.Spec.VirtualNic is null;
        var spec = WithTap(state, endpoint.Spec with
        {
            NamespaceId = compartment,
            VirtualNic = endpoint.Spec.VirtualNic ?? new VirtualNic(),
            PluggedIn = plain || endpoint.Spec.PluggedIn,
            InterfaceName = plain ? tap ?? EndpointSpec.DefaultInterfaceName : endpoint.Spec.InterfaceName,
        }, endpoint.Spec.Id);
        FairwayException.ThrowIfAny($"attach endpoint '{spec.Name}'", $"endpoint '{spec.Name}'", EndpointSpecValidator.Validate(spec with { NamespaceId = null }));
        if (compartment is { } target)
            NamespaceAdmission.CheckRoom(state, target, spec.InterfaceName);
        Enter(transaction, endpoint, spec, ChangeKind.Attached);
    }

    /// <summary>Takes an endpoint out of a virtual machine; one that was made as a NIC stays one, in no namespace.</summary>
    public void Unplug(StoreTransaction transaction, Endpoint endpoint)
    {
        var spec = endpoint.Spec with { NamespaceId = null };
        if (spec.PluggedIn)
            spec = spec with { VirtualNic = null, PluggedIn = false, InterfaceName = EndpointSpec.DefaultInterfaceName };
        Enter(transaction, endpoint, spec, ChangeKind.Detached);
    }

    private void Enter(StoreTransaction transaction, Endpoint endpoint, EndpointSpec spec, ChangeKind change)
    {
        foreach (var address in endpoint.Addresses)
            transaction.Put(Lease(transaction.State, spec) with { Address = address.Address });
        transaction.Put(endpoint with { Spec = spec, State = spec.VirtualNic is null ? EndpointState.Detached : EndpointState.Attached, Message = null }, change);
    }

    /// <summary>Takes an endpoint out for good.</summary>
    public static void Delete(StoreTransaction transaction, Endpoint endpoint)
    {
        SourceAdmission.CheckIsNone(transaction.State, endpoint, "delete", HcnErrorCode.EntityHasReferences);
        transaction.Delete(endpoint);
        NamespaceAdmission.ForgetIfEmpty(transaction, endpoint.Spec.NamespaceId);
    }

    private static EndpointSpec Named(HostState state, EndpointSpec spec)
    {
        if (!state.Networks.TryGetValue(spec.NetworkId, out var scope))
        {
            throw Refusal.At("$.NetworkId", ErrorKind.NotFound, $"network '{spec.NetworkId:D}'",
                $"network '{spec.NetworkId:D}' does not exist; create it first", HcnErrorCode.NetworkNotFound);
        }
        if (state.Endpoints.TryGetValue(spec.Id, out var same))
        {
            throw Refusal.At("$.Id", ErrorKind.AlreadyExists, $"endpoint '{spec.Name}'",
                $"id {spec.Id:D} is endpoint '{References.FullName(state, same)}' already; choose another id, or none");
        }
        var name = spec.Name ?? WorkloadName(scope, spec.Owner) ?? $"ep-{spec.Id.ToString("N")[..8]}";
        if (!scope.Endpoints.ContainsKey(name))
            return spec with { Name = name };
        throw Refusal.At("$.Name", ErrorKind.AlreadyExists, $"endpoint '{name}'",
            $"endpoint '{name}' exists already in network '{scope.Network.Spec.Name}'; choose another name, or delete it first");
    }

    /// <summary>The tap's name is the host's to give, and there is but one of each.</summary>
    private static EndpointSpec WithTap(HostState state, EndpointSpec spec, Guid? own = null)
    {
        if (spec.VirtualNic is null)
            return spec;
        if (spec.InterfaceName == EndpointSpec.DefaultInterfaceName)
            return spec with { InterfaceName = LinkNames.Endpoint(spec.Id) };
        var same = state.Endpoints.Values.FirstOrDefault(other => other.Spec.Id != own && other.Spec.VirtualNic is not null && other.Spec.InterfaceName == spec.InterfaceName);
        return same is null ? spec : throw Refusal.At("$.InterfaceName", ErrorKind.AlreadyExists, $"tap '{spec.InterfaceName}'",
            $"tap '{spec.InterfaceName}' is that of endpoint '{References.FullName(state, same)}'; choose another name, or none");
    }

    /// <summary>Names of ports are names of the host's links, of which there is but one of each.</summary>
    public static void CheckPortName(HostState state, EndpointSpec spec)
    {
        if (spec.PortName is not { } name)
            return;
        var same = state.Endpoints.Values.FirstOrDefault(other => other.Spec.Id != spec.Id && other.Spec.PortName == name);
        if (same is not null)
        {
            throw Refusal.At("$.PortName", ErrorKind.AlreadyExists, $"port '{name}'",
                $"port '{name}' is that of endpoint '{References.FullName(state, same)}'; choose another name, or none", HcnErrorCode.PortAlreadyExists);
        }
    }

    /// <summary>The workload's own name where it can be an endpoint's and is free, so that others find it under that name.</summary>
    private static string? WorkloadName(NetworkScope scope, Owner? owner) =>
        owner?.Name is { } name && ResourceName.Check(name) is null && !scope.Endpoints.ContainsKey(name) ? name : null;

    private Lease Lease(HostState state, EndpointSpec spec) => new(spec.NetworkId, IPAddress.None, spec.Id,
        spec.NamespaceId is { } compartment ? state.Namespaces[compartment].Namespace.Spec.Cookie : 0,
        spec.NamespaceId is null ? "" : BootId,
        FreedAt: null);

    private static MacAddress Mac(NetworkScope scope, EndpointSpec spec, IPAddress? address)
    {
        var gateway = NetworkPlanner.GatewayMac(scope.Network.Spec);
        if (spec.MacAddress is { } asked)
        {
            var owner = scope.Macs.TryGetValue(asked, out var id) ? scope.Endpoints.First(entry => entry.Value == id).Key : null;
            if (owner is null && asked != gateway)
                return asked;
            throw Refusal.At("$.MacAddress", ErrorKind.Conflict, $"MAC {asked}",
                $"MAC {asked} is {(owner is null ? "the gateway's" : $"taken by endpoint '{owner}'")} in network '{scope.Network.Spec.Name}'; choose another, or none");
        }
        bool IsFree(MacAddress mac) => mac != gateway && !scope.Macs.ContainsKey(mac);
        // Without an address the id has to tell endpoints apart.
        MacAddress Derived(uint salt) => DerivedMac.Endpoint(address is null ? spec.Id : spec.NetworkId, address, salt);
        if (scope.Network.Spec.MacPool is not [] and var pool)
        {
            return PooledMac.Endpoint(pool, Derived(0), IsFree) ?? throw Refusal.At("$.MacAddress", ErrorKind.Exhausted, $"network '{scope.Network.Spec.Name}'",
                $"no MAC of the pool of network '{scope.Network.Spec.Name}' is free; delete endpoints, or ask for a MAC outside of the pool");
        }
        for (var salt = 0u; ; salt++)
        {
            if (Derived(salt) is var derived && IsFree(derived))
                return derived;
        }
    }
}
