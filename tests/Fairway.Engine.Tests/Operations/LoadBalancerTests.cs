using System.Net;
using Fairway.Model.Errors;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Ports;
using Fairway.Model.Requests;
using Fairway.Testing.Kernel;

namespace Fairway.Engine.Tests.Operations;

public sealed class LoadBalancerTests : OperationTest
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await CreateEndpointAsync("a", path: Foreign(1));
        await CreateEndpointAsync("b", path: Foreign(2));
    }

    [Fact]
    public async Task Create_IsOnePlanForEachFamilyOfItsFrontends()
    {
        await CreateAsync("shop", ["10.96.0.10", "fd96::10"], ["a", "web/b"]);
        Assert.Equal(
            ["10.96.0.10 Tcp 80->8080 to 10.1.0.2, 10.1.0.3", "fd96::10 Tcp 80->8080 to fd00:1::2, fd00:1::3"],
            Host.Kernel.Balancers.Values.OrderBy(plan => plan.Number).Select(plan =>
                $"{plan.Services.Single().Frontend} {plan.Services.Single().Protocol} {plan.Services.Single().Port}->{plan.Services.Single().BackendPort} to {string.Join(", ", plan.Backends.Select(backend => backend.Address).OrderBy(address => address.ToString()))}"));
        Assert.Equal("shop", Host.Networking.GetLoadBalancer("shop").Spec.Name);
    }

    [Fact]
    public async Task Create_ThatFailsAtTheSecondFamily_LeavesNothingOfTheFirst()
    {
        var before = Host.Kernel.Dump();
        var applied = 0;
        Host.Kernel.Before = operation =>
        {
            if (operation == FakeOperation.BalancerApply && applied++ == 1)
                throw new InvalidOperationException("no memory");
        };
        var failed = await Assert.ThrowsAsync<FairwayException>(() => CreateAsync("shop", ["10.96.0.10", "fd96::10"], ["a"]));
        Assert.Contains("no memory", failed.Message, StringComparison.Ordinal);
        Assert.Empty(Host.Kernel.Balancers);
        Assert.Equal(before, Host.Kernel.Dump());
        await CreateAsync("shop", ["10.96.0.10", "fd96::10"], ["a"]);
    }

    [Fact]
    public async Task BackendThatDetaches_IsOut_AndInAgainWhenItIsBack()
    {
        await CreateAsync("shop", ["10.96.0.10"], ["a", "b"]);
        await Host.Networking.DetachEndpointAsync("a", Cancellation);
        Assert.Equal(["10.1.0.3"], Backends());
        await Host.Networking.AttachEndpointAsync("a", Foreign(3), null, Cancellation);
        Assert.Equal(["10.1.0.2", "10.1.0.3"], Backends());
    }

    [Fact]
    public async Task BackendThatIsDeleted_LeavesForGood()
    {
        await CreateAsync("shop", ["10.96.0.10"], ["a", "b"]);
        var b = Host.Networking.GetEndpoint("b").Spec.Id;
        var revision = Host.Networking.Revision;
        await Host.Networking.DeleteEndpointAsync("a", Cancellation);
        Assert.Equal([b], Host.Networking.GetLoadBalancer("shop").Spec.Backends);
        Assert.Equal(["10.1.0.3"], Backends());
        Assert.Contains("Modified LoadBalancer shop", await ChangesAsync(revision));
        // Out of the tables before its port closes.
        Assert.Equal([FakeOperation.BalancerApply, FakeOperation.EndpointRemove],
            Host.Kernel.Calls.Where(call => call is FakeOperation.BalancerApply or FakeOperation.EndpointRemove).TakeLast(2));
    }

    [Fact]
    public async Task Backends_AreAddedAndRemoved()
    {
        await CreateAsync("shop", ["10.96.0.10"], ["a"]);
        await Host.Networking.ChangeBackendsAsync("shop", ["b"], [], Cancellation);
        Assert.Equal(["10.1.0.2", "10.1.0.3"], Backends());
        await Host.Networking.ChangeBackendsAsync("shop", [], ["a"], Cancellation);
        Assert.Equal(["10.1.0.3"], Backends());
        var refused = await RefusedAsync(() => Host.Networking.ChangeBackendsAsync("shop", [], ["a"], Cancellation));
        Assert.Contains("'web/a' is none of them", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_KeepsIt()
    {
        await CreateAsync("shop", ["10.96.0.10", "fd96::10"], ["a", "b"]);
        var before = Host.Kernel.Dump();
        await Host.RestartAsync();
        Assert.Equal(before, Host.Kernel.Dump());
        Assert.Equal(2, Host.Networking.GetLoadBalancer("shop").Spec.Backends.Length);
        await Host.Networking.DeleteLoadBalancerAsync("shop", Cancellation);
        Assert.Empty(Host.Kernel.Balancers);
        Assert.Empty(Host.Networking.LoadBalancers);
    }

    [Fact]
    public async Task FrontendOfAnother_IsRefused_AndFreeAfterwards()
    {
        await CreateAsync("shop", ["10.96.0.10"], ["a"]);
        var refused = await RefusedAsync(() => CreateAsync("other", ["10.96.0.11", "10.96.0.10"], ["b"]));
        Assert.Equal(("$.Frontends[1]", HcnErrorCode.PortAlreadyExists), (Assert.Single(refused.Findings).Path, refused.HcnCode));
        Assert.Contains("load balancer 'shop'", refused.Message, StringComparison.Ordinal);
        await Host.Networking.DeleteLoadBalancerAsync("shop", Cancellation);
        await CreateAsync("other", ["10.96.0.11", "10.96.0.10"], ["b"]);
    }

    [Fact]
    public async Task PublishedPort_AndBalancerOfTheHostsAddresses_ExcludeEachOther()
    {
        await Host.Networking.PublishAsync("a", [Port(80)], Cancellation);
        var refused = await RefusedAsync(() => CreateAsync("node", [], ["b"]));
        Assert.Contains("published by endpoint 'web/a'", refused.Message, StringComparison.Ordinal);
        // An address that is not the host's is none that is published.
        await CreateAsync("shop", ["10.96.0.10"], ["b"]);
        await CreateAsync("node", [], ["b"], port: 81);
        refused = await RefusedAsync(() => Host.Networking.PublishAsync("a", [Port(81)], Cancellation));
        Assert.Contains("load balancer 'node' answers there", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PortOfAProcess_IsRefusedOnTheHostsAddresses()
    {
        Host.Kernel.HoldPort(TransportProtocol.Tcp, IPAddress.Any, 80, "'nginx' (pid 7)");
        var refused = await RefusedAsync(() => CreateAsync("node", [], ["a"]));
        Assert.Contains("'nginx' (pid 7)", refused.Message, StringComparison.Ordinal);
        await CreateAsync("shop", ["10.96.0.10"], ["a"]);
    }

    [Fact]
    public async Task WhatCannotServe_IsRefused()
    {
        await CreateNetworkAsync(new Model.Networks.NetworkSpec { Name = "db", Type = Model.Networks.NetworkType.Internal });
        await CreateEndpointAsync("c", "db");
        Assert.Equal(HcnErrorCode.MappingNotSupported, (await RefusedAsync(() => CreateAsync("x", ["10.96.0.10"], ["c"]))).HcnCode);
        Assert.Equal(ErrorKind.NotFound, (await RefusedAsync(() => CreateAsync("x", ["10.96.0.10"], ["nobody"]))).Kind);
        Assert.Equal(HcnErrorCode.AddressInvalidOrReserved, (await RefusedAsync(() => CreateAsync("x", ["10.1.0.77"], ["a"]))).HcnCode);
        await CreateNetworkAsync("four", "10.4.0.0/24");
        await CreateEndpointAsync("d", "four");
        Assert.Equal(HcnErrorCode.InvalidIp, (await RefusedAsync(() => CreateAsync("x", ["fd96::10"], ["d"]))).HcnCode);
        Assert.Equal(HcnErrorCode.InvalidNetwork, (await RefusedAsync(() => CreateAsync("x", ["10.96.0.10"], ["d"], network: "web"))).HcnCode);
        Assert.Empty(Host.Networking.LoadBalancers);
    }

    [Fact]
    public async Task KernelRefuses_NothingIsLeft_AndAChangeIsTakenBack()
    {
        Host.Kernel.FailNext(FakeOperation.BalancerApply, new InvalidOperationException("no memory"));
        await RefusedAsync(() => CreateAsync("shop", ["10.96.0.10"], ["a"]));
        Assert.Empty(Host.Networking.LoadBalancers);
        await CreateAsync("shop", ["10.96.0.10"], ["a"]);
        Host.Kernel.FailNext(FakeOperation.BalancerApply, new InvalidOperationException("no memory"), afterwards: true);
        await RefusedAsync(() => Host.Networking.ChangeBackendsAsync("shop", ["b"], [], Cancellation));
        Assert.Equal(["10.1.0.2"], Backends());
        Assert.Single(Host.Networking.GetLoadBalancer("shop").Spec.Backends);
    }

    private List<string> Backends() => [.. Host.Kernel.Balancers.Values.Single().Backends.Select(backend => backend.Address.ToString()).Order(StringComparer.Ordinal)];

    private Task<LoadBalancer> CreateAsync(string name, string[] frontends, string[] backends, int port = 80, string? network = null) =>
        Host.Networking.CreateLoadBalancerAsync(
            new CreateLoadBalancerRequest
            {
                Name = name,
                Network = network,
                Frontends = [.. frontends.Select(IPAddress.Parse)],
                Ports = [new LoadBalancerPort { Port = (ushort)port, BackendPort = 8080 }],
                Backends = [.. backends],
            },
            Cancellation);

    private static Task<FairwayException> RefusedAsync(Func<Task> operation) => Assert.ThrowsAsync<FairwayException>(operation);
}
