using System.Net;
using Fairway.Client;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Networks;
using Fairway.Model.Policies;
using Fairway.Model.Ports;
using Fairway.Model.Routes;

namespace Fairway.Torture.Tests.Crash;

/// <summary>The lives of networks that are not the host's own: an overlay with endpoints here and elsewhere, a load balancer and a route; the LAN itself.</summary>
/// <param name="client">The daemon's.</param>
/// <param name="guest">Path of a network namespace that something else made.</param>
internal sealed class FabricOperations(FairwayClient client, string guest)
{
    private const string Overlay = "fabric";
    private const string Lan = "lan";
    private const string Here = "pod";
    private const string Elsewhere = "elsewhere";
    private const string Source = "door";
    private const string Balancer = "pets";
    private const string Way = "branch";
    private const string Station = "station";

    private static readonly NetworkSpec s_overlay = new()
    {
        Name = Overlay,
        Type = NetworkType.Overlay,
        Overlay = new OverlaySpec { HostRoute = true },
        Subnets = [new SubnetSpec(IPNetwork.Parse("10.60.0.0/24")) { VirtualSubnet = 5000 }, new SubnetSpec(IPNetwork.Parse("fd60::/64")) { VirtualSubnet = 5000 }],
    };

    private static readonly NetworkSpec s_lan = new()
    {
        Name = Lan,
        Type = NetworkType.Transparent,
        Uplink = "up0",
        Subnets = [new SubnetSpec(IPNetwork.Parse("198.51.100.0/24"), AllocationRange: IPNetwork.Parse("198.51.100.128/25"))],
    };

    private static readonly AddressSet[] s_sets = [new() { Id = "friends", Prefixes = [IPNetwork.Parse("10.60.0.0/28")] }, new() { Id = "all", Nested = true, Sets = ["friends"] }];

    private static readonly IPAddress s_provider = IPAddress.Parse("198.51.100.7");

    public Operation[] All()
    {
        Operation overlay = new("create an overlay network", () => client.CreateNetworkAsync(s_overlay), () => client.DeleteNetworkAsync(Overlay), () => HasNetworkAsync(s_overlay));
        Operation sets = new("put address sets", () => client.PutSetsAsync(Overlay, s_sets), () => client.RemoveSetsAsync(Overlay, ["all", "friends"]), HasSetsAsync);
        Operation here = new("attach to the overlay", () => client.CreateEndpointAsync(new() { Name = Here, Network = Overlay, NetnsPath = guest }), () => client.DeleteEndpointAsync(Here), () => HasEndpointAsync(Here, 2));
        Operation elsewhere = new("learn of an endpoint elsewhere", LearnAsync, () => client.DeleteEndpointAsync(Elsewhere), () => HasEndpointAsync(Elsewhere, 2));
        Operation source = new("create a source", () => client.CreateEndpointAsync(new() { Name = Source, Network = Overlay }), () => client.DeleteEndpointAsync(Source), () => HasEndpointAsync(Source, 2));
        Operation balance = new("create a load balancer", BalanceAsync, () => client.DeleteLoadBalancerAsync(Balancer), HasBalancerAsync);
        Operation drain = new("take a backend out", () => client.RemoveBackendsAsync(Balancer, [Elsewhere]), () => client.AddBackendsAsync(Balancer, [Elsewhere]), async () => (await client.GetLoadBalancerAsync(Balancer)).Spec.Backends.Length == 1);
        Operation route = new("create a route", RouteAsync, () => client.DeleteRouteAsync(Way), async () => (await client.ListRoutesAsync()).Any(found => found.Spec.Name == Way));
        Operation lan = new("create a network on the LAN", () => client.CreateNetworkAsync(s_lan), () => client.DeleteNetworkAsync(Lan), () => HasNetworkAsync(s_lan));
        Operation station = new("plug a virtual machine into the LAN", PlugInAsync, () => client.DeleteEndpointAsync(Station), () => HasEndpointAsync(Station, 1));
        Operation[] forward = [overlay, sets, here, elsewhere, source, balance, drain, route, lan, station];
        return [.. forward, .. forward.Reverse().Select(operation => operation.Reverse())];
    }

    private Task<Endpoint> LearnAsync() => client.CreateEndpointAsync(new()
    {
        Name = Elsewhere,
        Network = Overlay,
        Addresses = [IPAddress.Parse("10.60.0.99"), IPAddress.Parse("fd60::99")],
        MacAddress = new MacAddress(0x0200_0000_0099),
        ProviderAddress = s_provider,
    });

    private Task<LoadBalancer> BalanceAsync() => client.CreateLoadBalancerAsync(new()
    {
        Name = Balancer,
        Frontends = [IPAddress.Parse("10.97.0.10"), IPAddress.Parse("fd97::10")],
        Ports = [new LoadBalancerPort { Port = 80, BackendPort = 80 }, new LoadBalancerPort { Port = 53, BackendPort = 53, Protocol = TransportProtocol.Udp }],
        Backends = [Here, Elsewhere],
        Source = Source,
    });

    private Task<Route> RouteAsync() => client.CreateRouteAsync(new()
    {
        Name = Way,
        Network = Overlay,
        Endpoints = [Here],
        Routes = [new SwitchRoute(IPNetwork.Parse("10.99.0.0/16"), IPAddress.Parse("10.60.0.99"), Encapsulate: true)],
    });

    private Task<Endpoint> PlugInAsync() => client.CreateEndpointAsync(new() { Name = Station, Network = Lan, VirtualNic = new VirtualNic(), InterfaceName = "tap-station" });

    private async Task<bool> HasNetworkAsync(NetworkSpec wanted)
    {
        Network? found = (await client.ListNetworksAsync()).FirstOrDefault(network => network.Spec.Name == wanted.Name);
        Assert.True(found is null || (found.Spec.Subnets.Length, found.Spec.Type) == (wanted.Subnets.Length, wanted.Type), $"network '{wanted.Name}' is not as it was asked for");
        return found is not null;
    }

    private async Task<bool> HasSetsAsync()
    {
        int found = (await client.ListSetsAsync(Overlay)).Count;
        Assert.True(found == 0 || found == s_sets.Length, $"{found} of {s_sets.Length} sets");
        return found > 0;
    }

    private async Task<bool> HasEndpointAsync(string name, int addresses)
    {
        Endpoint? found = (await client.ListEndpointsAsync()).FirstOrDefault(endpoint => endpoint.Spec.Name == name);
        Assert.True(found is null || found.Addresses.Length == addresses, $"endpoint '{name}' with {found?.Addresses.Length} addresses");
        return found is not null;
    }

    private async Task<bool> HasBalancerAsync()
    {
        LoadBalancer? found = (await client.ListLoadBalancersAsync()).FirstOrDefault(balancer => balancer.Spec.Name == Balancer);
        Assert.True(found is null || (found.Spec.Frontends.Length, found.Spec.Ports.Length, found.Spec.Backends.Length) == (2, 2, 2), "a load balancer that is not as it was asked for");
        return found is not null;
    }
}
