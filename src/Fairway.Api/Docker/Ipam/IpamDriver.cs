using System.Net;
using Fairway.Api.Docker.Wire;
using Fairway.Engine.Operations;
using Fairway.Model.Addressing;
using Fairway.Model.Errors;
using Fairway.Model.Names;
using Fairway.Model.Networks;

namespace Fairway.Api.Docker.Ipam;

/// <summary>
/// Docker's IpamDriver. Docker asks for a pool before there is a network, and for an address before there is an endpoint. A pool's id is its
/// prefix, by which the network is found once it exists; an address that was given rests until the endpoint takes it.
/// </summary>
internal sealed class IpamDriver(IHostNetworking host, OfferedPools pools)
{
    /// <summary>The one address space: the host's.</summary>
    public const string Space = "fairway";

    private const string GlobalSpace = "fairway-global";
    private const string TypeKey = "RequestAddressType";
    private const string GatewayType = "com.docker.network.gateway";

    public void Map(IEndpointRouteBuilder routes)
    {
        var json = DockerJson.Default;
        routes.MapConstant("IpamDriver.GetCapabilities", json.IpamCapabilities, new IpamCapabilities(RequiresMACAddress: false, RequiresRequestReplay: false));
        routes.MapConstant("IpamDriver.GetDefaultAddressSpaces", json.AddressSpaces, new AddressSpaces(Space, GlobalSpace));
        routes.MapMethod("IpamDriver.RequestPool", json.PoolRequest, json.PoolAnswer, RequestPoolAsync);
        routes.MapMethod("IpamDriver.ReleasePool", json.PoolReference, ReleasePoolAsync);
        routes.MapMethod("IpamDriver.RequestAddress", json.AddressRequest, json.AddressAnswer, RequestAddressAsync);
        routes.MapMethod("IpamDriver.ReleaseAddress", json.AddressRequest, ReleaseAddressAsync);
    }

    private Task<PoolAnswer> RequestPoolAsync(PoolRequest request, CancellationToken cancellation)
    {
        if (!string.IsNullOrEmpty(request.AddressSpace) && request.AddressSpace != Space)
            throw Wrong($"address space '{ResourceName.Printable(request.AddressSpace)}' is not known; networks of swarm scope are not supported");
        var prefix = pools.Offer(PoolOptions.Read(request));
        return Task.FromResult(new PoolAnswer(prefix.ToString(), prefix.ToString(), []));
    }

    private Task ReleasePoolAsync(PoolReference request, CancellationToken cancellation)
    {
        pools.Release(Pool(request.PoolID));
        return Task.CompletedTask;
    }

    private async Task<AddressAnswer> RequestAddressAsync(AddressRequest request, CancellationToken cancellation)
    {
        var prefix = Pool(request.PoolID);
        var asked = Address(request.Address, prefix);
        var forGateway = request.Options is not null && request.Options.TryGetValue(TypeKey, out var type) && type == GatewayType;
        var address = pools.Find(prefix) is { } offered ? offered.Take(asked, forGateway)
            : NetworkOf(prefix) is { } network ? await RequestAsync(network, prefix, asked, forGateway, cancellation)
            : throw new FairwayException(ErrorKind.NotFound, $"pool '{prefix}'", $"pool '{prefix}' is none of Fairway's; remove the network (docker network rm) and create it again");
        return new AddressAnswer($"{address}/{prefix.PrefixLength}", []);
    }

    /// <summary>An endpoint that is deleted gives its addresses back itself, and what was never used rests and wakes by itself.</summary>
    private Task ReleaseAddressAsync(AddressRequest request, CancellationToken cancellation)
    {
        var prefix = Pool(request.PoolID);
        if (Address(request.Address, prefix) is { } address)
            pools.Find(prefix)?.Return(address);
        return Task.CompletedTask;
    }

    private async Task<IPAddress> RequestAsync(Network network, IPNetwork prefix, IPAddress? asked, bool forGateway, CancellationToken cancellation)
    {
        if (!forGateway)
            return await host.OfferAddressAsync(network.Spec.Id.ToString("D"), prefix, asked, cancellation);
        var gateway = network.Spec.Subnets.First(subnet => subnet.Prefix.Equals(prefix)).Gateway;
        if (gateway is not null && (asked is null || asked.Equals(gateway)))
            return gateway;
        throw new FairwayException(ErrorKind.Conflict, $"network '{network.Spec.Name}'", gateway is null
            ? $"network '{network.Spec.Name}' has no gateway; it is private"
            : $"the gateway of network '{network.Spec.Name}' in {prefix} is {gateway}; ask for this one, or for none");
    }

    private Network? NetworkOf(IPNetwork prefix) => host.Networks.FirstOrDefault(network => network.Spec.Subnets.Any(subnet => subnet.Prefix.Equals(prefix)));

    private static IPNetwork Pool(string id) => PrefixText.TryParse(id, out var prefix, out var error) ? prefix : throw Wrong($"pool id {error}");

    private static IPAddress? Address(string? text, IPNetwork prefix)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (!AddressText.TryParse(text.Split('/')[0], out var address, out var error))
            throw Wrong(error);
        return prefix.Contains(address) ? address : throw Wrong($"address {address} is not in pool {prefix}");
    }

    private static FairwayException Wrong(string what) => new(ErrorKind.InvalidArgument, "pool", what);
}
