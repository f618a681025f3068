using System.Net;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Explain;
using Fairway.Model.Networks;
using Fairway.Model.Requests;
using Fairway.Model.Routes;
using Fairway.Testing.Kernel;

namespace Fairway.Engine.Tests.Operations;

/// <summary>Routes that several endpoints follow.</summary>
public sealed class RouteTests : OperationTest
{
    private const string There = "203.0.113.0/24,192.0.2.2";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await CreateEndpointAsync("a", path: Foreign(1));
        await CreateEndpointAsync("b", path: Foreign(2));
    }

    [Fact]
    public async Task Create_LeadsAllItsEndpoints_AndNobodyElse()
    {
        await CreateEndpointAsync("c", path: Foreign(3));
        var revision = Host.Networking.Revision;
        var route = await CreateAsync("office", [There, "2001:db8:99::/48,2001:db8:52::2"], "a", "web/b");
        Assert.Equal(["203.0.113.0/24 192.0.2.2 office", "2001:db8:99::/48 2001:db8:52::2 office"], Hops("a"));
        Assert.Equal(Hops("a"), Hops("b"));
        Assert.Empty(Hops("c"));
        Assert.Equal(["Created Route office"], await ChangesAsync(revision));
        Assert.Equal(route, Host.Networking.GetRoute("office"));
        Assert.Equal(route.Spec.Id, Host.Networking.GetRoute(route.Spec.Id.ToString("N")[..8]).Spec.Id);
    }

    [Fact]
    public async Task Routes_AndSettingsOfTheEndpoint_BecomeOneList()
    {
        await Host.Networking.ChangeEndpointAsync("a", spec => spec with { SwitchRoutes = [Way("203.0.113.128/25,192.0.2.3")], OutboundNat = [new OutboundNat { Exceptions = [IPNetwork.Parse("203.0.0.0/16")] }] }, Cancellation);
        await CreateAsync("office", [There], "a");
        await CreateAsync("all", ["203.0.0.0/8,192.0.2.4"], "a");
        Assert.Equal(
            ["203.0.0.0/8 192.0.2.4 all", "203.0.0.0/16 192.0.2.4 all", "203.0.113.0/24 192.0.2.2 office", "203.0.113.128/25 192.0.2.3 "],
            Hops("a"));
        await Host.Networking.DeleteRouteAsync("all", Cancellation);
        Assert.Equal(["203.0.113.0/24 192.0.2.2 office", "203.0.113.128/25 192.0.2.3 "], Hops("a"));
        Assert.Contains(Host.Kernel.Ways[Id("a")].Ways, way => way.Prefix == IPNetwork.Parse("203.0.113.0/24") && way.Leaving == Plan.WayLeaving.Untranslated);
    }

    [Fact]
    public async Task Change_MovesIt_ToOtherEndpointsAndPrefixes()
    {
        await CreateAsync("office", [There], "a");
        var revision = Host.Networking.Revision;
        await Host.Networking.ChangeRouteAsync("office", spec => spec with { Name = "other", Id = Guid.NewGuid(), Endpoints = [Id("b")], Routes = [Way("198.18.0.0/15,192.0.2.2")] }, Cancellation);
        Assert.Empty(Hops("a"));
        Assert.Equal(["198.18.0.0/15 192.0.2.2 office"], Hops("b"));
        Assert.Equal(["Modified Route office"], await ChangesAsync(revision));
    }

    [Fact]
    public async Task Endpoint_ThatIsDeleted_LeavesForGood_AndOneThatComesBackFollows()
    {
        await CreateAsync("office", [There], "a", "b");
        var (a, b, revision) = (Id("a"), Id("b"), Host.Networking.Revision);
        await Host.Networking.DeleteEndpointAsync("a", Cancellation);
        Assert.Equal([b], Host.Networking.GetRoute("office").Spec.Endpoints);
        Assert.DoesNotContain(a, Host.Kernel.Ways.Keys);
        Assert.Contains("Modified Route office", await ChangesAsync(revision));
        await Host.Networking.DetachEndpointAsync("b", Cancellation);
        await Host.Networking.AttachEndpointAsync("b", Foreign(4), null, Cancellation);
        Assert.Equal(["203.0.113.0/24 192.0.2.2 office"], Hops("b"));
        await Host.Networking.DeleteEndpointAsync("b", Cancellation);
        Assert.Empty(Host.Networking.GetRoute("office").Spec.Endpoints);
        Assert.Empty(Host.Kernel.Ways);
    }

    [Fact]
    public async Task Restart_KeepsIt()
    {
        await CreateAsync("office", [There], "a", "b");
        var before = Host.Kernel.Dump();
        await Host.RestartAsync();
        Assert.Equal(before, Host.Kernel.Dump());
        Assert.Equal(2, Host.Networking.GetRoute("office").Spec.Endpoints.Length);
        Assert.Equal(["203.0.113.0/24 192.0.2.2 office"], Hops("b"));
        await Host.Networking.DeleteRouteAsync("office", Cancellation);
        await Host.RestartAsync();
        Assert.Empty(Host.Networking.Routes);
        Assert.Empty(Host.Kernel.Ways);
    }

    [Fact]
    public async Task Prefix_OfWhichSomebodyElseSaysTheWay_IsRefused()
    {
        await CreateAsync("office", [There], "a");
        var refused = await RefusedAsync(() => CreateAsync("other", ["198.18.0.0/15,192.0.2.2", There], "b", "a"));
        Assert.Equal(("$.Endpoints[1]", HcnErrorCode.PolicyAlreadyExists, ErrorKind.AlreadyExists), (Assert.Single(refused.Findings).Path, refused.HcnCode, refused.Kind));
        Assert.Contains("route 'office' says where packets of endpoint 'web/a' to 203.0.113.0/24 go", refused.Message, StringComparison.Ordinal);
        await CreateAsync("other", [There], "b");
        Assert.Equal(HcnErrorCode.PolicyAlreadyExists, (await RefusedAsync(() => Host.Networking.ChangeRouteAsync("other", spec => spec with { Endpoints = [Id("a")] }, Cancellation))).HcnCode);

        var own = await RefusedAsync(() => Host.Networking.ChangeEndpointAsync("a", spec => spec with { SwitchRoutes = [Way(There)] }, Cancellation));
        Assert.Equal(("$.SwitchRoutes[0].Destination", HcnErrorCode.PolicyAlreadyExists), (own.Findings[0].Path, own.HcnCode));
        await Host.Networking.ChangeEndpointAsync("a", spec => spec with { SwitchRoutes = [Way("198.18.0.0/15,192.0.2.2")] }, Cancellation);
        refused = await RefusedAsync(() => CreateAsync("third", ["198.18.0.0/15,192.0.2.9"], "a"));
        Assert.Contains("a route of its own says where packets of endpoint 'web/a' to 198.18.0.0/15 go", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["203.0.113.0/24 192.0.2.2 other"], Hops("b"));
    }

    [Fact]
    public async Task WhatCannotBe_IsRefused_AndNothingIsThere()
    {
        await CreateNetworkAsync(new NetworkSpec { Name = "db", Type = NetworkType.Internal });
        await CreateEndpointAsync("c", "db");
        await CreateNetworkAsync(new NetworkSpec { Name = "pods", Type = NetworkType.Overlay, Subnets = [new SubnetSpec(IPNetwork.Parse("10.50.0.0/24")) { VirtualSubnet = 5000 }] });
        await CreateEndpointAsync("p", "pods");
        await Host.Networking.CreateEndpointAsync(
            new CreateEndpointRequest { Name = "far", Network = "pods", Addresses = [IPAddress.Parse("10.50.0.9")], ProviderAddress = IPAddress.Parse("198.51.100.9"), MacAddress = new MacAddress(0x02_15_5d_00_00_09) }, Cancellation);

        await AssertRefusedAsync(HcnErrorCode.InvalidPolicy, "$.Routes[0]", "is internal, for which the switch has no routes", There, "a", "c");
        await AssertRefusedAsync(HcnErrorCode.InvalidPolicy, "$.Routes[0].Encapsulate", "set NeedEncap", There, "p");
        await AssertRefusedAsync(HcnErrorCode.InvalidPolicy, "$.Routes[0].Encapsulate", "encapsulates nothing", There + ",encap", "a");
        await AssertRefusedAsync(HcnErrorCode.EndpointNotLocal, "$.Endpoints[0]", "is on host 198.51.100.9", There + ",encap", "far");
        await AssertRefusedAsync(HcnErrorCode.AddressInvalidOrReserved, "$.Routes[0].NextHop", "whose endpoints route nothing", "203.0.113.0/24,10.1.0.9", "a");
        Assert.Equal(ErrorKind.NotFound, (await RefusedAsync(() => CreateAsync("x", [There], "nobody"))).Kind);
        var unknown = await RefusedAsync(() => Host.Networking.CreateRouteAsync(new RouteSpec { Endpoints = [Guid.NewGuid()], Routes = [Way(There)] }, Cancellation));
        Assert.Equal((HcnErrorCode.EndpointNotFound, "$.Endpoints[0]"), (unknown.HcnCode, unknown.Findings[0].Path));
        var foreign = await RefusedAsync(() => Host.Networking.CreateRouteAsync(new RouteSpec { NetworkId = Host.Networking.GetNetwork("pods").Spec.Id, Endpoints = [Id("a")], Routes = [Way(There)] }, Cancellation));
        Assert.Equal((HcnErrorCode.InvalidNetwork, "$.Endpoints[0]"), (foreign.HcnCode, foreign.Findings[0].Path));
        var nowhere = await RefusedAsync(() => Host.Networking.CreateRouteAsync(new RouteSpec { NetworkId = Guid.NewGuid(), Routes = [Way(There)] }, Cancellation));
        Assert.Equal((HcnErrorCode.NetworkNotFound, "$.NetworkId"), (nowhere.HcnCode, nowhere.Findings[0].Path));
        Assert.Empty(Host.Networking.Routes);
        Assert.Empty(Host.Kernel.Ways);

        await CreateAsync("x", [There], "a");
        Assert.Equal("$.Name", (await RefusedAsync(() => CreateAsync("X", ["198.18.0.0/15,192.0.2.2"], "a"))).Findings[0].Path);
        var same = await RefusedAsync(() => Host.Networking.CreateRouteAsync(Host.Networking.GetRoute("x").Spec with { Name = "y" }, Cancellation));
        Assert.Equal((HcnErrorCode.ObjectAlreadyExists, "$.Id"), (same.HcnCode, same.Findings[0].Path));
    }

    [Fact]
    public async Task Endpoint_HasRoomForSoManyPrefixes()
    {
        for (var i = 0; i < 4; i++)
            await CreateAsync($"r{i}", [.. Enumerable.Range(0, 256).Select(j => $"100.{64 + i}.{j}.0/24,192.0.2.2")], "a");
        var refused = await RefusedAsync(() => CreateAsync("more", [There], "a"));
        Assert.Equal((ErrorKind.Exhausted, "$.Endpoints[0]"), (refused.Kind, refused.Findings[0].Path));
        Assert.Contains("1025 prefixes", refused.Message, StringComparison.Ordinal);
        await CreateAsync("more", [There], "b");
    }

    [Fact]
    public async Task KernelRefuses_NothingIsLeft_AndAChangeIsTakenBack()
    {
        foreach (var afterwards in new[] { false, true })
        {
            Host.Kernel.FailNext(FakeOperation.WayApply, new InvalidOperationException("no room"), afterwards);
            await RefusedAsync(() => CreateAsync("office", [There], "a", "b"));
            Assert.Empty(Host.Networking.Routes);
            Assert.Empty(Host.Kernel.Ways);
        }
        await CreateAsync("office", [There], "a");
        Host.Kernel.FailNext(FakeOperation.WayApply, new InvalidOperationException("no room"), afterwards: true);
        await RefusedAsync(() => Host.Networking.ChangeRouteAsync("office", spec => spec with { Endpoints = [Id("a"), Id("b")], Routes = [Way("198.18.0.0/15,192.0.2.2")] }, Cancellation));
        Assert.Equal(["203.0.113.0/24 192.0.2.2 office"], Hops("a"));
        Assert.Empty(Hops("b"));
        Assert.Equal([Id("a")], Host.Networking.GetRoute("office").Spec.Endpoints);
    }

    [Fact]
    public async Task Routes_OfANetwork_AreThoseOfItsEndpoints_WhoseOwnComeFirst()
    {
        await CreateNetworkAsync(new NetworkSpec
        {
            Name = "led",
            Subnets = [new SubnetSpec(IPNetwork.Parse("10.9.0.0/24")) { Routes = [Way(There), Way("198.18.0.0/15,192.0.2.3")] }, new SubnetSpec(IPNetwork.Parse("fd09::/64"))],
        });
        var endpoint = await CreateEndpointAsync("c", "led", Foreign(3));
        Assert.Equal(["198.18.0.0/15 192.0.2.3 ", "203.0.113.0/24 192.0.2.2 "], Hops("c"));
        Assert.All(Host.Kernel.Ways[endpoint.Spec.Id].Ways, way => Assert.Equal(way.NextHop is not null, way.OfNetwork));
        var explained = Host.Networking.Explain(new ExplainRequest { Source = "c", Destination = "203.0.113.9", Port = 80 });
        Assert.Contains(explained.Steps, step => step.Text == "by 'eth0' to 192.0.2.2, as a route of network 'led' has it");
        await CreateAsync("office", ["203.0.113.0/24,192.0.2.7"], "c");
        Assert.Equal(["198.18.0.0/15 192.0.2.3 ", "203.0.113.0/24 192.0.2.7 office"], Hops("c"));
        await Host.RestartAsync();
        Assert.Equal(["198.18.0.0/15 192.0.2.3 ", "203.0.113.0/24 192.0.2.7 office"], Hops("c"));
        await Host.Networking.DeleteRouteAsync("office", Cancellation);
        Assert.Equal(["198.18.0.0/15 192.0.2.3 ", "203.0.113.0/24 192.0.2.2 "], Hops("c"));
        var refused = await RefusedAsync(() => CreateNetworkAsync(new NetworkSpec { Name = "x", Subnets = [new SubnetSpec(IPNetwork.Parse("10.8.0.0/24")) { Routes = [Way(There + ",encap")] }] }));
        Assert.Equal(("$.Subnets[0].Routes[0].Encapsulate", HcnErrorCode.InvalidPolicy), (refused.Findings[0].Path, refused.HcnCode));
    }

    [Fact]
    public async Task Explanation_NamesTheRoute()
    {
        await CreateAsync("office", [There], "a");
        var explained = Host.Networking.Explain(new ExplainRequest { Source = "a", Destination = "203.0.113.9", Port = 80 });
        Assert.Equal(("eth0", IPAddress.Parse("192.0.2.2")), (explained.Route!.Device, explained.Route.NextHop));
        Assert.Contains(explained.Steps, step => step.Text == "by 'eth0' to 192.0.2.2, as route 'office' (HostComputeRoute) has it");
    }

    private Guid Id(string endpoint) => Host.Networking.GetEndpoint(endpoint).Spec.Id;

    private IEnumerable<string> Hops(string endpoint) => Host.Kernel.Ways.TryGetValue(Id(endpoint), out var plan)
        ? plan.Ways.Where(way => way.NextHop is not null).Select(way => $"{way.Prefix} {way.NextHop} {way.Route}")
        : [];

    private Task<Route> CreateAsync(string name, string[] ways, params string[] endpoints) =>
        Host.Networking.CreateRouteAsync(new CreateRouteRequest { Name = name, Routes = [.. ways.Select(Way)], Endpoints = [.. endpoints] }, Cancellation);

    private async Task AssertRefusedAsync(uint code, string path, string words, string way, params string[] endpoints)
    {
        var refused = await RefusedAsync(() => CreateAsync("x", [way], endpoints));
        Assert.Equal((code, path), (refused.HcnCode, refused.Findings[0].Path));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    private static SwitchRoute Way(string text)
    {
        var parts = text.Split(',');
        return new SwitchRoute(IPNetwork.Parse(parts[0]), IPAddress.Parse(parts[1]), parts.Length > 2);
    }

    private static Task<FairwayException> RefusedAsync(Func<Task> operation) => Assert.ThrowsAsync<FairwayException>(operation);
}
