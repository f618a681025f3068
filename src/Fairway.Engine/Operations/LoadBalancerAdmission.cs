using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Fairway.Engine.Ipam;
using Fairway.Engine.State;
using Fairway.Engine.Store;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Networks;
using Fairway.Model.Ports;

namespace Fairway.Engine.Operations;

/// <summary>Lets load balancers in when their backends can serve and nobody has their addresses and ports.</summary>
internal static class LoadBalancerAdmission
{
    /// <summary>Enters a new load balancer.</summary>
    /// <param name="transaction">The write.</param>
    /// <param name="spec">A valid spec with an id.</param>
    /// <param name="hostAddresses">The host's addresses.</param>
    /// <exception cref="FairwayException">Something is in the way.</exception>
    public static LoadBalancer Create(StoreTransaction transaction, LoadBalancerSpec spec, IReadOnlyList<IPAddress> hostAddresses)
    {
        spec = SourceAdmission.Resolve(transaction.State, Named(transaction.State, spec));
        Check(transaction.State, spec, hostAddresses);
        transaction.Put(new LoadBalancer(spec, Number(transaction, spec, AddressFamily.InterNetwork, 0), Number(transaction, spec, AddressFamily.InterNetworkV6, 0), 0));
        return transaction.State.LoadBalancers[spec.Id];
    }

    /// <summary>Enters what a load balancer is from now on.</summary>
    /// <exception cref="FairwayException">Something is in the way.</exception>
    public static LoadBalancer Replace(StoreTransaction transaction, LoadBalancerSpec spec, IReadOnlyList<IPAddress> hostAddresses)
    {
        if (!transaction.State.LoadBalancers.TryGetValue(spec.Id, out var before))
            throw new FairwayException(ErrorKind.NotFound, $"load balancer '{spec.Name}'", $"load balancer '{spec.Name}' has just been deleted", HcnErrorCode.ElementNotFound);
        spec = SourceAdmission.Resolve(transaction.State, spec);
        Check(transaction.State, spec, hostAddresses);
        transaction.Put(before with
        {
            Spec = spec,
            Number4 = Number(transaction, spec, AddressFamily.InterNetwork, before.Number4),
            Number6 = Number(transaction, spec, AddressFamily.InterNetworkV6, before.Number6),
        });
        return transaction.State.LoadBalancers[spec.Id];
    }

    /// <summary>A spec with more and fewer backends.</summary>
    public static LoadBalancerSpec WithBackends(HostState state, LoadBalancerSpec spec, IReadOnlyList<Guid> added, IReadOnlyList<Guid> removed)
    {
        foreach (var missing in removed.Except(spec.Backends))
        {
            throw new FairwayException(ErrorKind.NotFound, $"load balancer '{spec.Name}'",
                $"remove a backend of load balancer '{spec.Name}': endpoint '{Text(state, missing)}' is none of them; show it for those it has", HcnErrorCode.EndpointNotFound);
        }
        return spec with { Backends = [.. spec.Backends.Except(removed).Union(added)] };
    }

    private static LoadBalancerSpec Named(HostState state, LoadBalancerSpec spec)
    {
        if (state.LoadBalancers.TryGetValue(spec.Id, out var same))
        {
            throw Refusal.At("$.Id", ErrorKind.AlreadyExists, $"load balancer '{spec.Id:D}'",
                $"id {spec.Id:D} is load balancer '{same.Spec.Name}' already; choose another id, or none", HcnErrorCode.ObjectAlreadyExists);
        }
        var name = spec.Name ?? $"lb-{spec.Id.ToString("N")[..8]}";
        if (!state.LoadBalancerNames.ContainsKey(name))
            return spec with { Name = name };
        throw Refusal.At("$.Name", ErrorKind.AlreadyExists, $"load balancer '{name}'",
            $"load balancer '{name}' exists already; choose another name, or delete it first", HcnErrorCode.ObjectAlreadyExists);
    }

    private static uint Number(StoreTransaction transaction, LoadBalancerSpec spec, AddressFamily family, uint present) =>
        !spec.Has(family) ? 0 : present != 0 ? present : transaction.TakeNumber(NumberKind.Publication);

    private static void Check(HostState state, LoadBalancerSpec spec, IReadOnlyList<IPAddress> hostAddresses)
    {
        if (spec.NetworkId is { } network && !state.Networks.ContainsKey(network))
        {
            throw Refusal.At("$.NetworkId", ErrorKind.NotFound, $"network '{network:D}'",
                $"network '{network:D}' does not exist; create it first", HcnErrorCode.NetworkNotFound);
        }
        for (var i = 0; i < spec.Backends.Length; i++)
            CheckBackend(state, spec, spec.Backends[i], $"$.Backends[{i}]");
        for (var i = 0; i < spec.Frontends.Length; i++)
            CheckFrontend(state, spec, spec.Frontends[i], hostAddresses, $"$.Frontends[{i}]");
    }

    private static void CheckBackend(HostState state, LoadBalancerSpec spec, Guid id, string path)
    {
        if (!state.Endpoints.TryGetValue(id, out var endpoint))
        {
            throw Refusal.At(path, ErrorKind.NotFound, $"endpoint '{id:D}'",
                $"endpoint '{id:D}' does not exist; list the endpoints for their ids", HcnErrorCode.EndpointNotFound);
        }
        var (network, name) = (state.Network(endpoint.Spec.NetworkId), References.FullName(state, endpoint));
        if (spec.NetworkId is { } only && only != network.Spec.Id)
        {
            throw Refusal.At(path, ErrorKind.InvalidArgument, $"endpoint '{name}'",
                $"endpoint '{name}' is not of network '{state.Network(only).Spec.Name}', which the load balancer is for; choose endpoints of that network, or leave the network out",
                HcnErrorCode.InvalidNetwork);
        }
        if (endpoint.Spec.ProviderAddress is { } provider && spec.Ports.Any(port => port.KeepsFrontend))
        {
            throw Refusal.At(path, ErrorKind.InvalidArgument, $"endpoint '{name}'",
                $"endpoint '{name}' is on host {provider}, which finds it by its own address only, and the load balancer keeps the address that was called; use endpoints of this host, or do not keep it", HcnErrorCode.EndpointNotLocal);
        }
        CheckOverlay(state, spec, network, name, path);
        if (!network.Spec.Traits.IsTranslated && !network.Spec.Traits.IsEncapsulated)
        {
            throw Refusal.At(path, ErrorKind.InvalidArgument, $"endpoint '{name}'",
                $"endpoint '{name}' is of network '{network.Spec.Name}', which is {network.Spec.Type.ToString().ToLowerInvariant()} and has no way in; use endpoints of networks of type Nat or Overlay",
                HcnErrorCode.MappingNotSupported);
        }
        if (!endpoint.Addresses.Any(address => spec.Has(address.Address.AddressFamily)))
        {
            throw Refusal.At(path, ErrorKind.InvalidArgument, $"endpoint '{name}'",
                $"endpoint '{name}' has no address of a family of the frontends; choose another endpoint, or a frontend of its family", HcnErrorCode.InvalidIp);
        }
    }

    /// <summary>An overlay network is closed to all others: callers of one of its endpoints could not use the backends of another network.</summary>
    private static void CheckOverlay(HostState state, LoadBalancerSpec spec, Network network, string name, string path)
    {
        var other = spec.Backends.Select(id => state.Endpoints.GetValueOrDefault(id)).OfType<Endpoint>().Select(endpoint => state.Network(endpoint.Spec.NetworkId))
            .FirstOrDefault(candidate => candidate.Spec.Id != network.Spec.Id);
        if (other is null || !network.Spec.Traits.IsEncapsulated)
            return;
        throw Refusal.At(path, ErrorKind.InvalidArgument, $"endpoint '{name}'",
            $"endpoint '{name}' is of overlay network '{network.Spec.Name}', and other backends are of network '{other.Spec.Name}'; make a load balancer for each of them", HcnErrorCode.InvalidNetwork);
    }

    private static void CheckFrontend(HostState state, LoadBalancerSpec spec, IPAddress frontend, IReadOnlyList<IPAddress> hostAddresses, string path)
    {
        if (InNetwork(state, frontend) is { } network)
        {
            throw Refusal.At(path, ErrorKind.InvalidArgument, $"frontend {frontend}",
                $"frontend {frontend} is in a subnet of network '{network.Spec.Name}', whose endpoints would look for it among themselves; choose an address outside of all networks",
                HcnErrorCode.AddressInvalidOrReserved);
        }
        var isHosts = HostAddresses.IsAny(frontend) || hostAddresses.Contains(frontend);
        foreach (var port in spec.Ports)
        {
            var text = $"{frontend} port {port.Port}/{port.Protocol.ToString().ToLowerInvariant()}";
            if (state.Services.Find(frontend, port.Protocol, port.Port) is { } owner && owner != spec.Id)
            {
                throw Refusal.At(path, ErrorKind.Conflict, $"frontend {frontend}",
                    $"{text} is load balancer '{state.LoadBalancers[owner].Spec.Name}' already; choose another address or port, or delete that one", HcnErrorCode.PortAlreadyExists);
            }
            var claim = new PortPublication { Protocol = port.Protocol, HostAddress = frontend, HostPort = port.Port, ContainerPort = port.BackendPort };
            if (isHosts && state.Ports.Collision(claim) is { } publication)
            {
                throw Refusal.At(path, ErrorKind.Conflict, $"frontend {frontend}",
                    $"{text} is published by endpoint '{References.FullName(state, state.Endpoints[publication.Endpoint])}'; choose another address or port, or unpublish that one",
                    HcnErrorCode.PortAlreadyExists);
            }
        }
    }

    /// <summary>The network whose own an address is, or null.</summary>
    public static Network? InNetwork(HostState state, IPAddress frontend) => HostAddresses.IsAny(frontend)
        ? null
        : state.Networks.Values.Select(scope => scope.Network)
            .FirstOrDefault(network => network.Spec.Subnets.Any(subnet => subnet.Prefix.Family == frontend.AddressFamily && subnet.Prefix.Contains(frontend)));

    private static string Text(HostState state, Guid endpoint) => state.Endpoints.TryGetValue(endpoint, out var known) ? References.FullName(state, known) : endpoint.ToString("D");
}
