using System.Collections.Immutable;
using System.Net;
using Fairway.Dataplane.Tests.Fixtures;
using Fairway.Engine;
using Fairway.Engine.Operations;
using Fairway.Linux.Routing;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Explain;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Networks;
using Fairway.Model.Policies;
using Fairway.Model.Ports;
using Fairway.Model.Requests;
using Fairway.Testing;
using Fairway.Testing.Policies;

namespace Fairway.Dataplane.Tests.Explain;

/// <summary>An engine on a real kernel, with networks of every kind, endpoints, publications and load balancers; access rules come and go.</summary>
internal sealed class ExplainWorld : IAsyncDisposable
{
    public static readonly IPAddress Server4 = IPAddress.Parse("9.9.9.9");
    public static readonly IPAddress Server6 = IPAddress.Parse("2001:db8:99::1");

    private static readonly ushort[] s_published = [80, 443, 5353];

    private readonly HostEngine _engine;
    private readonly string _directory;
    private readonly List<TestSpace> _spaces = [];

    private ExplainWorld(TestHost host, HostEngine engine, string directory) => (Host, _engine, _directory) = (host, engine, directory);

    public TestHost Host { get; }

    public IHostNetworking Networking => _engine.Networking;

    public IReadOnlyList<Endpoint> Endpoints => [.. Networking.Endpoints.Where(endpoint => endpoint.Spec.NamespaceId is not null)];

    /// <summary>Addresses to call, whether anybody is there or not.</summary>
    public IReadOnlyList<IPAddress> Destinations { get; private set; } = [];

    /// <summary>What answers for the host: published ports and load balancers, on their own address or on some of the host's.</summary>
    public IReadOnlyList<(IPAddress Address, ushort Port, ExplainProtocol Protocol)> Services { get; private set; } = [];

    public static async Task<ExplainWorld> CreateAsync(Random random)
    {
        var host = new TestHost();
        string directory = TestEngine.NewDirectory();
        HostEngine engine = HostEngine.Open(new EngineOptions { Instance = host.Name, StateDirectory = directory }, TimeProvider.System, _ => { });
        var world = new ExplainWorld(host, engine, directory);
        try
        {
            world.AddDevices();
            await engine.StartAsync(host.Dataplane.Drivers);
            await world.AddNetworksAsync();
            await world.AddEndpointsAsync(random);
            await world.AddBalancersAsync(random);
            world.Destinations = world.ListDestinations();
            world.Services = [.. world.ListServices()];
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives some endpoints and networks other access rules.</summary>
    public async Task PoliceAsync(Random random)
    {
        IPAddress[] others = [.. Endpoints.SelectMany(endpoint => endpoint.Addresses).Select(own => own.Address), Server4, Server6, IPAddress.Parse("8.8.4.4"), IPAddress.Parse("2001:db8:88::7")];
        foreach (Network network in Networking.Networks)
        {
            IPAddress[] own = [.. Endpoints.Where(endpoint => endpoint.Spec.NetworkId == network.Spec.Id).SelectMany(endpoint => endpoint.Addresses).Select(address => address.Address)];
            var rules = new RandomPolicies(random, own, others, isNetwork: true);
            AddressSet[] sets = [.. rules.Sets().ById.Values.OrderBy(set => set.Nested), new AddressSet { Id = "nobody" }];
            ImmutableArray<AclRule> wanted = Rules(rules, random.Next(4) == 0 ? 6 : 0);
            await Networking.ChangeNetworkPoliciesAsync(network.Spec.Name, present => PolicyRequest.Replace(present, wanted) with { AddedSets = [.. sets] }, CancellationToken.None);
        }
        foreach (Endpoint endpoint in Endpoints)
        {
            ImmutableArray<AclRule> wanted = Rules(new RandomPolicies(random, [.. endpoint.Addresses.Select(own => own.Address)], others), random.Next(2) == 0 ? random.Next(1, 10) : 0);
            await Networking.ChangeEndpointPoliciesAsync($"{endpoint.Spec.Id}", present => PolicyRequest.Replace(present, wanted), CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await Host.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static ImmutableArray<AclRule> Rules(RandomPolicies policies, int count) => [.. Enumerable.Range(0, count).Select(_ => policies.Rule() with { Number = 0 })];

    /// <summary>eth0 has the default routes, eth1 no IPv6 address, and a LAN is behind each of the others.</summary>
    private void AddDevices()
    {
        Host.CreateOutside("eth0", "192.0.2.10", "192.0.2.1", 24);
        AddAddress("eth0", "2001:db8:2::10", 64);
        Host.CreateOutside("eth1", "198.51.100.10", "198.51.100.1", 24);
        for (int i = 0; i < 3; i++)
        {
            Host.CreateOutside($"lan{i}", $"172.2{i}.0.10", $"172.2{i}.0.1", 24);
            AddAddress($"lan{i}", $"2001:db8:2{i}::10", 64);
        }
        Host.Route.AddRoute(new Route { Destination = IPNetwork.Parse("0.0.0.0/0"), Gateway = IPAddress.Parse("192.0.2.1") });
        Host.Route.AddRoute(new Route { Destination = IPNetwork.Parse("::/0"), Gateway = IPAddress.Parse("2001:db8:2::1") });
        Host.Route.AddRoute(new Route { Destination = IPNetwork.Parse("2001:db8:51::/48"), LinkIndex = Host.Route.GetLink("eth1").Index });
        Host.Route.AddRoute(new Route { Destination = IPNetwork.Parse("10.99.0.0/16"), Type = RouteType.Unreachable });
        Host.Route.AddRoute(new Route { Destination = IPNetwork.Parse("2001:db8:98::/48"), Type = RouteType.Unreachable });
    }

    private void AddAddress(string device, string address, int prefixLength) => Host.Route.AddAddress(new InterfaceAddress
    {
        LinkIndex = Host.Route.GetLink(device).Index,
        Address = IPAddress.Parse(address),
        PrefixLength = prefixLength,
        Flags = AddressFlags.NoDad,
    });

    private async Task AddNetworksAsync()
    {
        await AddNetworkAsync("web", NetworkType.Nat, 1);
        await AddNetworkAsync("blue", NetworkType.Nat, 2);
        await AddNetworkAsync("inside", NetworkType.Internal, 3);
        await AddNetworkAsync("alone", NetworkType.Private, 4);
        await AddNetworkAsync("cloud", NetworkType.Overlay, 5, spec => spec with
        {
            Overlay = new OverlaySpec
            {
                HostRoute = true,
                ProviderAddress = IPAddress.Parse("192.0.2.10"),
                RemoteSubnets = [new RemoteSubnet(IPNetwork.Parse("10.80.55.0/24"), 5002, IPAddress.Parse("192.0.2.77"), new MacAddress(0x0200_0000_5501))],
            },
        });
        await AddNetworkAsync("sky", NetworkType.Overlay, 6);
        await AddLanAsync("lan", NetworkType.Transparent, 0, gateway: 1);
        await AddLanAsync("bridge", NetworkType.L2Bridge, 1, gateway: 10);
        await AddLanAsync("tunnel", NetworkType.L2Tunnel, 2, gateway: 1);
    }

    private Task<Network> AddNetworkAsync(string name, NetworkType type, int number, Func<NetworkSpec, NetworkSpec>? change = null)
    {
        uint? id = type == NetworkType.Overlay ? (uint)number * 1000 + 1 : null;
        var spec = new NetworkSpec
        {
            Name = name,
            Type = type,
            Subnets = [new SubnetSpec(IPNetwork.Parse($"10.80.{number}.0/24")) { VirtualSubnet = id }, new SubnetSpec(IPNetwork.Parse($"fd00:80:{number}::/64")) { VirtualSubnet = id }],
        };
        return Networking.CreateNetworkAsync(change?.Invoke(spec) ?? spec, CancellationToken.None);
    }

    private Task<Network> AddLanAsync(string name, NetworkType type, int number, int gateway) => Networking.CreateNetworkAsync(new NetworkSpec
    {
        Name = name,
        Type = type,
        Uplink = $"lan{number}",
        Subnets =
        [
            new SubnetSpec(IPNetwork.Parse($"172.2{number}.0.0/24"), IPAddress.Parse($"172.2{number}.0.{gateway}")) { Reserved = [IPAddress.Parse($"172.2{number}.0.10"), IPAddress.Parse($"172.2{number}.0.1")] },
            new SubnetSpec(IPNetwork.Parse($"2001:db8:2{number}::/64"), IPAddress.Parse($"2001:db8:2{number}::{gateway}")) { Reserved = [IPAddress.Parse($"2001:db8:2{number}::10"), IPAddress.Parse($"2001:db8:2{number}::1")] },
        ],
    }, CancellationToken.None);

    private async Task AddEndpointsAsync(Random random)
    {
        int port = 8000;
        foreach (Network network in Networking.Networks)
        {
            // The third has settings of its own, and on NAT networks the fourth is kept apart.
            for (int i = 0; i < (network.Spec.Traits.IsTranslated ? 4 : 3); i++)
            {
                TestSpace space = Host.CreateSpace();
                _spaces.Add(space);
                await Networking.CreateEndpointAsync(new CreateEndpointRequest
                {
                    Name = $"{network.Spec.Name}{i}",
                    Network = network.Spec.Name,
                    NetnsPath = space.Path,
                    Publications = network.Spec.Type == NetworkType.Nat ? Publications(random, ref port) : [],
                    OutboundNat = i == 2 ? Translations(network.Spec.Type) : [],
                    Apart = i == 3,
                    SwitchRoutes = i == 2 ? Routes(network.Spec.Type) : [],
                }, CancellationToken.None);
            }
        }
        // Nowhere, and on another host.
        await Networking.CreateEndpointAsync(new CreateEndpointRequest { Name = "idle", Network = "web", Addresses = [IPAddress.Parse("10.80.1.240"), IPAddress.Parse("fd00:80:1::240")] }, CancellationToken.None);
        await Networking.CreateEndpointAsync(new CreateEndpointRequest
        {
            Name = "far",
            Network = "sky",
            Addresses = [IPAddress.Parse("10.80.6.200"), IPAddress.Parse("fd00:80:6::200")],
            ProviderAddress = IPAddress.Parse("192.0.2.78"),
            MacAddress = new MacAddress(0x0200_0000_5502),
        }, CancellationToken.None);
    }

    /// <summary>Some destinations untranslated or as another address, on LANs only some translated.</summary>
    private static ImmutableArray<OutboundNat> Translations(NetworkType type) => type switch
    {
        NetworkType.Nat => [new OutboundNat { VirtualAddress = IPAddress.Parse("192.0.2.10"), Exceptions = [IPNetwork.Parse("9.0.0.0/8")] }, new OutboundNat { IPv6 = true, Exceptions = [IPNetwork.Parse("2001:db8:99::/48")] }],
        NetworkType.L2Bridge => [new OutboundNat { Destinations = [IPNetwork.Parse("9.0.0.0/8"), IPNetwork.Parse("8.8.0.0/16")] }],
        _ => [],
    };

    private static ImmutableArray<SwitchRoute> Routes(NetworkType type) => type switch
    {
        NetworkType.Nat => [new SwitchRoute(IPNetwork.Parse("8.8.0.0/16"), IPAddress.Parse("192.0.2.1")), new SwitchRoute(IPNetwork.Parse("10.99.0.0/16"), IPAddress.Parse("192.0.2.1"))],
        _ => [],
    };

    private static ImmutableArray<PortPublication> Publications(Random random, ref int port)
    {
        var made = ImmutableArray.CreateBuilder<PortPublication>();
        foreach (ushort target in s_published)
        {
            IPAddress? address = random.Next(4) switch { 0 => IPAddress.Parse("192.0.2.10"), 1 => IPAddress.Parse("2001:db8:2::10"), 2 => IPAddress.Loopback, _ => null };
            made.Add(new PortPublication
            {
                Protocol = random.Next(2) == 0 ? TransportProtocol.Tcp : TransportProtocol.Udp,
                HostAddress = address,
                HostPort = (ushort)port,
                ContainerPort = target,
                Count = random.Next(1, 3),
                From = random.Next(2) == 0 && address is null ? [IPNetwork.Parse("8.8.0.0/16"), IPNetwork.Parse("10.80.1.0/24")] : [],
            });
            port += 2;
        }
        return made.ToImmutable();
    }

    private async Task AddBalancersAsync(Random random)
    {
        string[] backends = ["web/web0", "web/web1", "blue/blue0", "blue/blue1"];
        foreach ((string name, string[] frontends, ushort port) in new[] { ("kept", ["203.0.113.84", "2001:db8:80::84"], (ushort)80), ("vip", new[] { "203.0.113.80", "2001:db8:80::80" }, (ushort)80), ("own", ["192.0.2.10", "2001:db8:2::10"], 90), ("all", [], 91), ("names", ["203.0.113.80"], 53), ("none", ["203.0.113.80"], 92) })
        {
            await Networking.CreateLoadBalancerAsync(new CreateLoadBalancerRequest
            {
                Name = name,
                Frontends = [.. frontends.Select(IPAddress.Parse)],
                Ports = [Port(port, TransportProtocol.Tcp, random) with { KeepsFrontend = name == "kept" }, Port(port, TransportProtocol.Udp, random) with { KeepsFrontend = name == "kept" }],
                Backends = name == "none" ? [] : [.. backends.Take(random.Next(1, 5))],
            }, CancellationToken.None);
        }
        // In an overlay, one backend here and one on another host, or all of the host's addresses.
        await Networking.CreateEndpointAsync(new CreateEndpointRequest { Name = "outside", Network = "sky", Addresses = [IPAddress.Parse("10.80.6.210"), IPAddress.Parse("fd00:80:6::210")] }, CancellationToken.None);
        foreach ((string name, string[] frontends, ushort port, string[] pods) in new[] { ("pets", new[] { "203.0.113.81", "2001:db8:80::81" }, (ushort)80, new[] { "sky/sky0", "sky/far" }), ("far", ["203.0.113.82", "2001:db8:80::82"], 80, ["sky/far"]), ("node", [], 93, ["cloud/cloud0"]) })
        {
            await Networking.CreateLoadBalancerAsync(new CreateLoadBalancerRequest
            {
                Name = name,
                Frontends = [.. frontends.Select(IPAddress.Parse)],
                Ports = [Port(port, TransportProtocol.Tcp, random), Port(port, TransportProtocol.Udp, random)],
                Backends = [.. pods],
                Source = name == "node" ? null : "sky/outside",
            }, CancellationToken.None);
        }
    }

    private static LoadBalancerPort Port(ushort port, TransportProtocol protocol, Random random) =>
        new() { Protocol = protocol, Port = port, BackendPort = 80, Internal = random.Next(3) == 0, Affinity = (SessionAffinity)random.Next(3) };

    private static IPAddress[] HostAddresses => [.. new[] { "192.0.2.10", "2001:db8:2::10", "198.51.100.10", "172.20.0.10", "2001:db8:21::10" }.Select(IPAddress.Parse)];

    private IEnumerable<(IPAddress Address, ushort Port, ExplainProtocol Protocol)> ListServices()
    {
        foreach (PortPublication publication in Networking.Endpoints.SelectMany(endpoint => endpoint.Spec.Publications))
        {
            foreach (IPAddress address in publication.HostAddress is { } own ? [own] : HostAddresses)
                yield return (address, (ushort)(publication.HostPort + publication.Count - 1), Named(publication.Protocol));
        }
        foreach (LoadBalancerSpec balancer in Networking.LoadBalancers.Select(balancer => balancer.Spec))
        {
            foreach (IPAddress address in balancer.Frontends.SelectMany(frontend => frontend.Equals(IPAddress.Any) || frontend.Equals(IPAddress.IPv6Any) ? HostAddresses : [frontend]))
            {
                foreach (LoadBalancerPort port in balancer.Ports)
                    yield return (address, port.Port, Named(port.Protocol));
            }
        }
    }

    private static ExplainProtocol Named(TransportProtocol protocol) => protocol == TransportProtocol.Tcp ? ExplainProtocol.Tcp : ExplainProtocol.Udp;

    private List<IPAddress> ListDestinations() =>
    [
        .. Networking.Endpoints.SelectMany(endpoint => endpoint.Addresses).Select(own => own.Address),
        .. HostAddresses,
        .. Networking.Networks.SelectMany(network => network.Spec.Subnets).Select(subnet => subnet.Gateway).OfType<IPAddress>(),
        .. Networking.Networks.SelectMany(network => network.Spec.Subnets).Select(subnet => subnet.Prefix.Nth(99)),
        Server4, Server6,
        .. new[] { "10.80.55.7", "10.99.1.1", "2001:db8:98::1", "2001:db8:51::1", "198.51.100.77", "172.20.0.77", "224.0.0.251", "ff02::fb", "255.255.255.255", "0.1.2.3", "fe80::1", "240.1.1.1", "10.80.1.255" }.Select(IPAddress.Parse),
    ];
}
