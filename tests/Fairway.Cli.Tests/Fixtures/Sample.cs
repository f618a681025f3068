using System.Net;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Health;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Namespaces;
using Fairway.Model.Networks;
using Fairway.Model.Ports;
using Fairway.Model.Routes;
using Fairway.Model.Statistics;

namespace Fairway.Cli.Tests.Fixtures;

/// <summary>A host as the tests picture it: networks web and db, namespaces c1 and c2, and what is in them.</summary>
internal static class Sample
{
    public static readonly Network Web = new(
        new NetworkSpec
        {
            Id = new Guid("aaaaaaaa-0000-4000-8000-000000000001"),
            Name = "web",
            Subnets =
            [
                new SubnetSpec(IPNetwork.Parse("10.20.0.0/24"), IPAddress.Parse("10.20.0.1")),
                new SubnetSpec(IPNetwork.Parse("fd20::/64"), IPAddress.Parse("fd20::1")),
            ],
        },
        Number: 1, Mtu: 1500, Revision: 3);

    public static readonly Network Db = new(
        new NetworkSpec
        {
            Id = new Guid("bbbbbbbb-0000-4000-8000-000000000002"),
            Name = "db",
            Type = NetworkType.Internal,
            Subnets = [new SubnetSpec(IPNetwork.Parse("10.30.0.0/24"), IPAddress.Parse("10.30.0.1"))],
        },
        Number: 2, Mtu: 1400, Revision: 4);

    public static readonly NetworkNamespace C1 = new(
        new NamespaceSpec { Id = new Guid("cccccccc-0000-4000-8000-000000000003"), Name = "c1", Path = "/run/netns/fairway-c1", Owned = true, CompartmentId = 2 },
        [new Guid("eeeeeeee-0000-4000-8000-000000000005")], Revision: 5);

    public static readonly NetworkNamespace Sandbox = new(
        new NamespaceSpec { Id = new Guid("dddddddd-0000-4000-8000-000000000004"), Path = "/proc/4711/ns/net", CompartmentId = 3 },
        [new Guid("ffffffff-0000-4000-8000-000000000006")], Revision: 6);

    public static readonly Endpoint WebC1 = new(
        new EndpointSpec
        {
            Id = new Guid("eeeeeeee-0000-4000-8000-000000000005"),
            Name = "c1",
            NetworkId = Web.Spec.Id,
            NamespaceId = C1.Spec.Id,
            Addresses = [IPAddress.Parse("10.20.0.2"), IPAddress.Parse("fd20::2")],
            Aliases = ["www"],
            Publications =
            [
                new PortPublication { HostPort = 8080, ContainerPort = 80 },
                new PortPublication
                {
                    HostAddress = IPAddress.Parse("::1"), HostPort = 9000, ContainerPort = 8000, Count = 11, Protocol = TransportProtocol.Udp,
                    From = [IPNetwork.Parse("192.0.2.0/24")],
                },
            ],
        },
        Port: 1, Generation: 1, Mac("02:15:5d:00:00:02"),
        [new EndpointAddress(IPAddress.Parse("10.20.0.2"), 24), new EndpointAddress(IPAddress.Parse("fd20::2"), 64)],
        EndpointState.Attached, Message: null, Revision: 7);

    public static readonly Endpoint DbMain = new(
        new EndpointSpec
        {
            Id = new Guid("ffffffff-0000-4000-8000-000000000006"),
            Name = "main",
            NetworkId = Db.Spec.Id,
            NamespaceId = Sandbox.Spec.Id,
            InterfaceName = "eth1",
            Addresses = [IPAddress.Parse("10.30.0.2")],
            Owner = new Owner("docker", "4f1c2ab9", "postgres"),
        },
        Port: 2, Generation: 4, Mac("02:15:5d:00:00:03"), [new EndpointAddress(IPAddress.Parse("10.30.0.2"), 24)],
        EndpointState.Degraded, Message: "create link 'eth1': File exists (EEXIST)", Revision: 8);

    public static readonly Endpoint WebSpare = new(
        new EndpointSpec { Id = new Guid("12345678-0000-4000-8000-000000000007"), Name = "spare", NetworkId = Web.Spec.Id, Addresses = [IPAddress.Parse("10.20.0.3")] },
        Port: 3, Generation: 1, Mac("02:15:5d:00:00:04"), [new EndpointAddress(IPAddress.Parse("10.20.0.3"), 24)],
        EndpointState.Created, Message: null, Revision: 9);

    public static readonly LoadBalancer Shop = new(
        new LoadBalancerSpec
        {
            Id = new Guid("5e1f0000-0000-4000-8000-000000000008"),
            Name = "shop",
            NetworkId = Web.Spec.Id,
            Frontends = [IPAddress.Parse("10.96.0.10"), IPAddress.Parse("fd96::10")],
            Ports =
            [
                new LoadBalancerPort { Port = 80, BackendPort = 8080, Affinity = SessionAffinity.SourceAddress },
                new LoadBalancerPort { Port = 53, BackendPort = 5353, Protocol = TransportProtocol.Udp, Internal = true },
            ],
            Backends = [WebC1.Spec.Id, WebSpare.Spec.Id],
        },
        Number4: 7, Number6: 8, Revision: 10);

    public static readonly LoadBalancer Node = new(
        new LoadBalancerSpec
        {
            Id = new Guid("5e1f0000-0000-4000-8000-000000000009"),
            Name = "node",
            Frontends = [IPAddress.Any, IPAddress.IPv6Any],
            Ports = [new LoadBalancerPort { Port = 30080, BackendPort = 80 }],
        },
        Number4: 9, Number6: 10, Revision: 11);

    public static readonly Route Office = new(
        new RouteSpec
        {
            Id = new Guid("0ff1ce00-0000-4000-8000-00000000000a"),
            Name = "office",
            NetworkId = Web.Spec.Id,
            Endpoints = [WebC1.Spec.Id, WebSpare.Spec.Id],
            Routes = [new SwitchRoute(IPNetwork.Parse("203.0.113.0/24"), IPAddress.Parse("192.0.2.254")), new SwitchRoute(IPNetwork.Parse("2001:db8:99::/48"), IPAddress.Parse("2001:db8:52::2"))],
        },
        Revision: 12);

    public static readonly Route Branch = new(
        new RouteSpec { Id = new Guid("0ff1ce00-0000-4000-8000-00000000000b"), Name = "branch", Routes = [new SwitchRoute(IPNetwork.Parse("10.60.0.0/16"), IPAddress.Parse("10.50.0.19"), Encapsulate: true)] },
        Revision: 13);

    public static readonly HealthDocument Health = new(
        HealthStatus.Healthy, "0.1.0", "fairway", Revision: 9, new DateTimeOffset(2026, 11, 24, 15, 0, 0, TimeSpan.Zero), "net:[4026531840]",
        Networks: 2, Endpoints: 3, Namespaces: 2, Problems: [], Repairs: []);

    /// <summary>A daemon that has all of this.</summary>
    public static FakeDaemon Daemon()
    {
        var daemon = new FakeDaemon()
            .On("GET /v1/health", Health)
            .On<IReadOnlyList<Network>>("GET /v1/networks", [Db, Web])
            .On<IReadOnlyList<NetworkNamespace>>("GET /v1/namespaces", [C1, Sandbox])
            .On<IReadOnlyList<Endpoint>>("GET /v1/endpoints", [DbMain, WebC1, WebSpare])
            .On<IReadOnlyList<PublishedPort>>("GET /v1/publications", [.. WebC1.Spec.Publications.Select(p => new PublishedPort(WebC1.Spec.Id, "c1", "web", p))]);
        daemon.On<IReadOnlyList<LoadBalancer>>("GET /v1/loadbalancers", [Node, Shop]).On("GET /v1/loadbalancers/shop", Shop).On("GET /v1/loadbalancers/node", Node);
        daemon.On<IReadOnlyList<Route>>("GET /v1/routes", [Branch, Office]).On("GET /v1/routes/office", Office).On("GET /v1/routes/branch", Branch);
        daemon.On($"GET /v1/endpoints/{WebC1.Spec.Id}/statistics", new PortStatistics(120, 98765, 1, 60, 0, 3))
            .On($"GET /v1/endpoints/{DbMain.Spec.Id}/statistics", new PortStatistics(0, 0, 0, 0, 0, 0));
        foreach (var network in new[] { Web, Db })
            daemon.On($"GET /v1/networks/{network.Spec.Name}", network).On($"GET /v1/networks/{network.Spec.Id}", network);
        foreach (var known in new[] { C1, Sandbox })
            daemon.On($"GET /v1/namespaces/{known.Spec.Name ?? Uri.EscapeDataString(known.Spec.Path!)}", known).On($"GET /v1/namespaces/{known.Spec.Id}", known);
        foreach (var endpoint in new[] { WebC1, DbMain, WebSpare })
            daemon.On($"GET /v1/endpoints/{endpoint.Spec.Name}", endpoint).On($"GET /v1/endpoints/{endpoint.Spec.Id}", endpoint);
        return daemon;
    }

    private static MacAddress Mac(string text) => MacAddress.TryParse(text, out var mac) ? mac : throw new FormatException(text);
}
