using System.Collections.Immutable;
using System.Net.Sockets;
using Fairway.Api.Docker.Ipam;
using Fairway.Api.Docker.Wire;
using Fairway.Engine.Operations;
using Fairway.Model.Errors;
using Fairway.Model.Networks;

namespace Fairway.Api.Docker.Networks;

/// <summary>Docker's networks: each is a network of ours, made for it or joined.</summary>
internal sealed class DockerNetworks(IHostNetworking host, OfferedPools pools)
{
    private const int ShortId = 12;

    public Network Get(string id) => Find(DockerId.Check("NetworkID", id))
        ?? throw new FairwayException(ErrorKind.NotFound, $"Docker network '{id[..ShortId]}'",
            $"Docker network '{id[..ShortId]}' is no network of Fairway's any more; remove it (docker network rm) and create it again");

    /// <summary>The network Docker knows under an id, or null.</summary>
    public Network? Find(string id) => host.Networks.FirstOrDefault(network =>
        network.Spec.EngineNetworks.Any(other => other.Engine == DockerId.Engine && other.Id == id));

    public async Task CreateAsync(CreateNetworkRequest request, CancellationToken cancellation)
    {
        var id = DockerId.Check("NetworkID", request.NetworkID);
        var options = NetworkOptions.Read(request.Options);
        var subnets = SubnetReader.Read(request, options.Type, pools);
        if (options.Join is { } name)
            await JoinAsync(id, host.GetNetwork(name), options, subnets, cancellation);
        else if (Find(id) is { } present)
            CheckSame(present, options, subnets);
        else
            await MakeAsync(id, options, subnets, cancellation);
    }

    public Task DeleteAsync(NetworkRequest request, CancellationToken cancellation) =>
        host.RemoveEngineNetworkAsync(DockerId.Engine, DockerId.Check("NetworkID", request.NetworkID), cancellation);

    /// <summary>What a network is called until Docker has told its name.</summary>
    public static string ProvisionalName(string id) => $"docker-{id[..ShortId]}";

    private async Task MakeAsync(string id, NetworkOptions options, ImmutableArray<SubnetSpec> subnets, CancellationToken cancellation)
    {
        var made = await host.CreateNetworkAsync(
            new NetworkSpec
            {
                Name = ProvisionalName(id),
                Type = options.Type,
                Subnets = subnets,
                Mtu = options.Mtu,
                // The name comes later; the interface must not change its own then.
                HostLink = options.HostLink ?? $"fw-{id[..ShortId]}",
                EngineNetworks = [new EngineNetwork(DockerId.Engine, id, Owned: true)],
            },
            cancellation);
        if (options.Isolated)
            await IsolateAsync(made, cancellation);
        pools.Used(subnets.Select(subnet => subnet.Prefix));
    }

    private async Task JoinAsync(string id, Network network, NetworkOptions options, ImmutableArray<SubnetSpec> subnets, CancellationToken cancellation)
    {
        options.CheckJoin(network.Spec);
        foreach (var subnet in subnets)
            CheckSubnet(network.Spec, subnet);
        var known = network.Spec.EngineNetworks.FirstOrDefault(other => other.Engine == DockerId.Engine && other.Id == id);
        if (known is null)
            await host.SetEngineNetworkAsync(network.Spec.Id.ToString("D"), new EngineNetwork(DockerId.Engine, id, Owned: false), cancellation);
    }

    private static void CheckSubnet(NetworkSpec spec, SubnetSpec asked)
    {
        var present = spec.Subnets.FirstOrDefault(subnet => subnet.Prefix.Equals(asked.Prefix));
        if (present is not null && (asked.Gateway is null || asked.Gateway.Equals(present.Gateway)))
            return;
        var flags = string.Join(' ', spec.Subnets.Where(subnet => subnet.Prefix.BaseAddress.AddressFamily == AddressFamily.InterNetwork)
            .Select(subnet => $"--subnet {subnet.Prefix}{(subnet.Gateway is { } gateway ? $" --gateway {gateway}" : "")}"));
        throw new FairwayException(ErrorKind.Conflict, $"network '{spec.Name}'",
            $"join network '{spec.Name}': Docker chose subnet {asked.Prefix}{(asked.Gateway is { } chosen ? $" and gateway {chosen}" : "")}, which "
            + $"{(present is null ? "is none of the network's" : "is not the network's gateway")}; create it with {flags} "
            + "and --ipam-driver fairway, or an --ip-range of Docker's own");
    }

    /// <summary>A network that could not be closed is not left open.</summary>
    private async Task IsolateAsync(Network network, CancellationToken cancellation)
    {
        var reference = network.Spec.Id.ToString("D");
        try
        {
            await host.ChangeNetworkPoliciesAsync(reference, _ => EndpointIsolation.Rules(network.Spec.Subnets), cancellation);
        }
        catch
        {
            await host.DeleteNetworkAsync(reference, CancellationToken.None);
            throw;
        }
    }

    private void CheckSame(Network present, NetworkOptions options, ImmutableArray<SubnetSpec> subnets)
    {
        if (present.Spec.Type == options.Type && (options.Mtu is null || options.Mtu == present.Spec.Mtu)
            && options.Isolated == EndpointIsolation.IsOn(host.PoliciesOf(present.Spec.Id))
            && subnets.All(subnet => present.Spec.Subnets.Any(other => other.Prefix.Equals(subnet.Prefix))))
        {
            return;
        }
        throw new FairwayException(ErrorKind.AlreadyExists, $"network '{present.Spec.Name}'",
            $"create network: network '{present.Spec.Name}' has this id already and other settings; remove it first (docker network rm)");
    }
}
