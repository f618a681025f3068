using System.Net;
using Fairway.Engine.Operations;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.LoadBalancers;
using Fairway.Model.Networks;
using Fairway.Model.Requests;
using Fairway.Testing.Kernel;

namespace Fairway.Engine.Tests.Operations;

public sealed class OverlayTests : OperationTest
{
    private static readonly RemoteSubnet s_elsewhere = new(IPNetwork.Parse("10.9.2.0/24"), 5001, IPAddress.Parse("192.0.2.2"), new MacAddress(0x02_00_00_00_00_02));

    private IHostNetworking Networking => Host.Networking;

    [Fact]
    public async Task Network_HasATunnel_AndAnMtuThatLeavesRoom()
    {
        var network = await CreateAsync("pods", 5000);
        Assert.Equal(1450, network.Mtu);
        var plan = Host.Kernel.Networks[network.Spec.Id];
        Assert.Equal((null, (ushort)4789, 5000u), (plan.HostLink, plan.Tunnel!.Port, Assert.Single(plan.Tunnel.VirtualSubnets)));
    }

    [Fact]
    public async Task Networks_MayHaveTheSameAddresses_AndNotTheSameVirtualSubnet()
    {
        await CreateAsync("pods", 5000);
        await CreateAsync("others", 5001);
        var taken = await Assert.ThrowsAsync<FairwayException>(() => CreateAsync("third", 5001));
        Assert.Equal((ErrorKind.Conflict, HcnErrorCode.PolicyAlreadyExists, "$.Subnets[0].VirtualSubnet"), (taken.Kind, taken.HcnCode, taken.Findings[0].Path));
        await CreateAsync("elsewhere", 5001, new OverlaySpec { Port = 8472 });
    }

    [Fact]
    public async Task RemoteSubnets_ComeAndGo_AndAreThereAfterARestart()
    {
        var network = await CreateAsync("pods", 5000);
        await Networking.ChangeNetworkAsync("pods", spec => spec with { Overlay = spec.Overlay! with { RemoteSubnets = [s_elsewhere] } }, Cancellation);
        Assert.Equal((s_elsewhere.Prefix, true), (Remotes(network.Spec.Id).Prefixes[0].Prefix, Remotes(network.Spec.Id).Prefixes[0].IsRouted));
        await Host.RestartAsync();
        Assert.Equal(s_elsewhere.ProviderAddress, Remotes(network.Spec.Id).Prefixes[0].ProviderAddress);
        await Networking.ChangeNetworkAsync("pods", spec => spec with { Overlay = spec.Overlay! with { RemoteSubnets = [] } }, Cancellation);
        Assert.Empty(Host.Kernel.Remotes);
    }

    [Fact]
    public async Task Change_TheHostRefuses_IsTakenBack()
    {
        await CreateAsync("pods", 5000);
        Host.Kernel.FailNext(FakeOperation.RemoteApply, new InvalidOperationException("no room"));
        await Assert.ThrowsAsync<FairwayException>(() => Networking.ChangeNetworkAsync("pods", spec => spec with { Overlay = spec.Overlay! with { RemoteSubnets = [s_elsewhere] } }, Cancellation));
        Assert.Empty(Networking.GetNetwork("pods").Spec.Overlay!.RemoteSubnets);
        Assert.Empty(Host.Kernel.Remotes);
    }

    [Fact]
    public async Task HostRoute_GivesTheHostAPart_WhenItsAddressesAreFree()
    {
        var network = await CreateAsync("pods", 5000);
        await Networking.CreateNetworkAsync(new NetworkSpec { Name = "nat", Subnets = [new SubnetSpec(IPNetwork.Parse("10.9.1.0/24"))] }, Cancellation);
        var refused = await Assert.ThrowsAsync<FairwayException>(() => Networking.ChangeNetworkAsync("pods", spec => spec with { Overlay = spec.Overlay! with { HostRoute = true } }, Cancellation));
        Assert.Equal(HcnErrorCode.InvalidSubnet, refused.HcnCode);
        await Networking.DeleteNetworkAsync("nat", Cancellation);
        await Networking.ChangeNetworkAsync("pods", spec => spec with { Overlay = spec.Overlay! with { HostRoute = true } }, Cancellation);
        Assert.NotNull(Host.Kernel.Networks[network.Spec.Id].HostLink);
    }

    [Fact]
    public async Task RemoteEndpoints_TakeNoPort_AndKeepAddressesAndMacsUnique()
    {
        await CreateAsync("pods", 5000);
        var first = await RemoteAsync("far1", 11);
        var second = await RemoteAsync("far2", 12);
        Assert.Equal((0u, 0u, EndpointState.Created), (first.Port, second.Port, first.State));
        Assert.Equal((IPNetwork.Parse("10.9.1.11/32"), 5000u, false), (Remotes(first.Spec.Id).Prefixes[0].Prefix, Remotes(first.Spec.Id).Prefixes[0].VirtualSubnet, Remotes(first.Spec.Id).Prefixes[0].IsRouted));
        await Assert.ThrowsAsync<FairwayException>(() => RemoteAsync("far3", 12));
        await Host.RestartAsync();
        Assert.Equal(2, Host.Kernel.Remotes.Count);

        var attach = await Assert.ThrowsAsync<FairwayException>(() => Networking.AttachEndpointAsync("far1", "/proc/1/ns/net", null, Cancellation));
        Assert.Equal(HcnErrorCode.EndpointNotLocal, attach.HcnCode);
        await Networking.DeleteEndpointAsync("far1", Cancellation);
        Assert.Equal(second.Spec.Id, Assert.Single(Host.Kernel.Remotes).Key);
    }

    [Fact]
    public async Task RemoteEndpoint_OfAnotherKindOfNetwork_IsRefused()
    {
        await Networking.CreateNetworkAsync(new NetworkSpec { Name = "pods", Subnets = [new SubnetSpec(IPNetwork.Parse("10.9.1.0/24"))] }, Cancellation);
        var refused = await Assert.ThrowsAsync<FairwayException>(() => RemoteAsync("far", 11));
        Assert.Equal(HcnErrorCode.InvalidRemoteEndpointOperation, refused.HcnCode);
    }

    [Fact]
    public async Task LoadBalancer_HasBackendsOnOtherHosts_AndLosesThemWithTheirEndpoints()
    {
        var network = await CreateAsync("pods", 5000);
        await CreateEndpointAsync("here", "pods", path: Foreign(1));
        var far = await RemoteAsync("far1", 11);
        await BalanceAsync("here", "far1");
        Assert.Equal([(0u, 0u, "10.9.1.11"), (1u, 1u, "10.9.1.2")], Backends());
        Assert.All(Host.Kernel.Balancers.Values.Single().Backends, backend => Assert.Equal(network.Number, backend.Network));

        await Networking.DeleteEndpointAsync("far1", Cancellation);
        Assert.Equal([(1u, 1u, "10.9.1.2")], Backends());
        // Callers are led elsewhere before the way to it ends.
        Assert.Equal([FakeOperation.BalancerApply, FakeOperation.RemoteRemove],
            Host.Kernel.Calls.Where(call => call is FakeOperation.BalancerApply or FakeOperation.RemoteRemove).TakeLast(2));
        Assert.DoesNotContain(far.Spec.Id, Networking.GetLoadBalancer("pets").Spec.Backends);

        (uint, uint, string)[] Backends() => [.. Host.Kernel.Balancers.Values.Single().Backends.Select(backend => (backend.Port, backend.Generation, $"{backend.Address}")).Order()];
    }

    [Fact]
    public async Task Source_IsAPortWithNobodyBehindIt_AsLongAsALoadBalancerCallsWithIt()
    {
        var network = await CreateAsync("pods", 5000);
        await CreateEndpointAsync("here", "pods", path: Foreign(1));
        var outside = await CreateEndpointAsync("outside", "pods");
        await BalanceAsync("outside", ["here"]);
        Assert.Equal(new Engine.Plan.SourcePlan(outside.Spec.Id, outside.Port, outside.Generation, network.Number, outside.Addresses[0].Address), Host.Kernel.Balancers.Values.Single().Source);
        Assert.True(Host.Kernel.Endpoints[outside.Spec.Id].IsSource);
        Assert.Equal(EndpointState.Created, Networking.GetEndpoint("outside").State);
        var before = Host.Kernel.Dump();
        await Host.RestartAsync();
        Assert.Equal(before, Host.Kernel.Dump());

        var attach = await Assert.ThrowsAsync<FairwayException>(() => Networking.AttachEndpointAsync("outside", Foreign(2), null, Cancellation));
        var delete = await Assert.ThrowsAsync<FairwayException>(() => Networking.DeleteEndpointAsync("outside", Cancellation));
        Assert.Equal((HcnErrorCode.EndpointAlreadyAttached, HcnErrorCode.EntityHasReferences), (attach.HcnCode, delete.HcnCode));
        await Networking.ChangeLoadBalancerAsync("pets", spec => spec with { SourceAddress = null }, Cancellation);
        Assert.Null(Host.Kernel.Balancers.Values.Single().Source);
        Assert.DoesNotContain(outside.Spec.Id, Host.Kernel.Endpoints.Keys);
        await Networking.DeleteEndpointAsync("outside", Cancellation);
    }

    [Fact]
    public async Task Source_GoesWithItsLoadBalancer_ThoughTheKernelRefusesAtFirst()
    {
        await CreateAsync("pods", 5000);
        await CreateEndpointAsync("here", "pods", path: Foreign(1));
        var outside = await CreateEndpointAsync("outside", "pods");
        await BalanceAsync("outside", ["here"]);
        Host.Kernel.Before = operation =>
        {
            if (operation == FakeOperation.EndpointRemove)
                throw new InvalidOperationException("no memory");
        };
        await Assert.ThrowsAsync<FairwayException>(() => Networking.DeleteLoadBalancerAsync("pets", Cancellation));
        Host.Kernel.Before = _ => { };
        await UntilAsync(() => Host.Kernel.Balancers.Count == 0 && !Host.Kernel.Endpoints.ContainsKey(outside.Spec.Id));
        Assert.Equal(EndpointState.Created, Networking.GetEndpoint("outside").State);
    }

    [Fact]
    public async Task Source_ThatCannotBeOne_IsRefused()
    {
        await CreateAsync("pods", 5000);
        await CreateEndpointAsync("here", "pods", path: Foreign(1));
        await CreateEndpointAsync("idle", "pods");
        await CreateEndpointAsync("a", path: Foreign(2));
        var far = await RemoteAsync("far1", 11);
        await BalanceAsync(null, ["here"]);
        var wrong = new (string Address, uint Code, string Text)[]
        {
            ("10.9.1.99", HcnErrorCode.AddressInvalidOrReserved, "fairway endpoint create NAME --network pods --ip 10.9.1.99"),
            ($"{far.Addresses[0].Address}", HcnErrorCode.EndpointNotLocal, "is on host 192.0.2.2"),
            ($"{Networking.GetEndpoint("here").Addresses[0].Address}", HcnErrorCode.EndpointAlreadyAttached, "'pods/here' is attached"),
        };
        foreach (var (address, code, text) in wrong)
        {
            var refused = await Assert.ThrowsAsync<FairwayException>(() => Networking.ChangeLoadBalancerAsync("pets", spec => spec with { SourceAddress = IPAddress.Parse(address) }, Cancellation));
            Assert.Equal((code, "$.SourceAddress"), (refused.HcnCode, refused.Findings[0].Path));
            Assert.Contains(text, refused.Message, StringComparison.Ordinal);
        }
        // A network whose callers keep their addresses has no use for one: HCN's documents may name it, the command line not.
        await Networking.CreateLoadBalancerAsync(new LoadBalancerSpec
        {
            Name = "plain",
            Frontends = [IPAddress.Parse("10.97.0.11")],
            Ports = [new LoadBalancerPort { Port = 80, BackendPort = 80 }],
            Backends = [Networking.GetEndpoint("a").Spec.Id],
            SourceAddress = IPAddress.Parse("10.9.1.99"),
        }, Cancellation);
        Assert.Null(Networking.GetLoadBalancer("plain").Spec.Source);
        var useless = await Assert.ThrowsAsync<FairwayException>(() => BalanceAsync("a", ["here"]));
        Assert.Contains("need no source", useless.Message, StringComparison.Ordinal);
    }

    /// <summary>The same address in two networks is of two endpoints: the one that was named is meant.</summary>
    [Fact]
    public async Task Source_OfAnotherNetworkThanTheBackends_IsRefused()
    {
        await CreateAsync("pods", 5000);
        await CreateAsync("others", 5001);
        await CreateEndpointAsync("here", "pods", path: Foreign(1));
        await CreateAtAsync("idle", "pods", "10.9.1.50");
        await CreateAtAsync("strange", "others", "10.9.1.50");
        var refused = await Assert.ThrowsAsync<FairwayException>(() => BalanceAsync("others/strange", ["here"]));
        Assert.Equal((HcnErrorCode.InvalidNetwork, "$.SourceAddress"), (refused.HcnCode, refused.Findings[0].Path));
        await BalanceAsync("strange", []);
        refused = await Assert.ThrowsAsync<FairwayException>(() => Networking.ChangeBackendsAsync("pets", ["here"], [], Cancellation));
        Assert.Equal(HcnErrorCode.InvalidNetwork, refused.HcnCode);
    }

    [Fact]
    public async Task Source_WithoutAnAddressOfAFamilyThatIsServed_IsRefused()
    {
        await CreateAsync("pods", 5000);
        await CreateEndpointAsync("half", "pods");
        await Networking.ChangeNetworkAsync("pods", spec => spec with { Subnets = spec.Subnets.Add(new SubnetSpec(IPNetwork.Parse("fd09:1::/64")) { VirtualSubnet = 5000 }) }, Cancellation);
        await CreateEndpointAsync("here", "pods", path: Foreign(1));
        await BalanceAsync("half", ["here"]);
        var refused = await Assert.ThrowsAsync<FairwayException>(() => Networking.ChangeLoadBalancerAsync("pets", spec => spec with { Frontends = [.. spec.Frontends, IPAddress.Parse("fd97::10")] }, Cancellation));
        Assert.Equal((HcnErrorCode.InvalidIp, "$.SourceAddress"), (refused.HcnCode, refused.Findings[0].Path));
        Assert.Contains("has no IPv6 address", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadBalancer_OfTwoNetworks_OneAnOverlay_IsRefused()
    {
        await CreateAsync("pods", 5000);
        await RemoteAsync("far1", 11);
        await CreateEndpointAsync("a", path: Foreign(1));
        foreach (string[] backends in (string[][])[["far1", "a"], ["a", "far1"]])
        {
            var refused = await Assert.ThrowsAsync<FairwayException>(() => BalanceAsync(backends));
            Assert.Equal((HcnErrorCode.InvalidNetwork, $"$.Backends[{Array.IndexOf(backends, "far1")}]"), (refused.HcnCode, refused.Findings[0].Path));
        }
    }

    [Fact]
    public async Task EncapOverhead_ThatLeavesTooLittle_IsRefused()
    {
        var network = await CreateAsync("pods", 5000);
        var refused = await Assert.ThrowsAsync<FairwayException>(() => Networking.CreateEndpointAsync(new EndpointSpec { Name = "thin", NetworkId = network.Spec.Id, EncapOverhead = 300 }, Cancellation));
        Assert.Equal((HcnErrorCode.InvalidPolicy, "$.EncapOverhead"), (refused.HcnCode, refused.Findings[0].Path));
    }

    private Task<LoadBalancer> BalanceAsync(params string[] backends) => BalanceAsync(null, backends);

    private Task<LoadBalancer> BalanceAsync(string? source, string[] backends) => Networking.CreateLoadBalancerAsync(
        new CreateLoadBalancerRequest { Name = "pets", Frontends = [IPAddress.Parse("10.97.0.10")], Ports = [new LoadBalancerPort { Port = 80, BackendPort = 8080 }], Source = source, Backends = [.. backends] }, Cancellation);

    private Engine.Plan.RemotePlan Remotes(Guid owner) => Host.Kernel.Remotes[owner];

    private Task<Network> CreateAsync(string name, uint virtualSubnet, OverlaySpec? overlay = null) => Networking.CreateNetworkAsync(new NetworkSpec
    {
        Name = name,
        Type = NetworkType.Overlay,
        Subnets = [new SubnetSpec(IPNetwork.Parse("10.9.1.0/24")) { VirtualSubnet = virtualSubnet }],
        Overlay = overlay ?? new OverlaySpec(),
    }, Cancellation);

    private Task<Endpoint> CreateAtAsync(string name, string network, string address) =>
        Networking.CreateEndpointAsync(new CreateEndpointRequest { Name = name, Network = network, Addresses = [IPAddress.Parse(address)] }, Cancellation);

    private Task<Endpoint> RemoteAsync(string name, byte host) => Networking.CreateEndpointAsync(new EndpointSpec
    {
        Name = name,
        NetworkId = Networking.GetNetwork("pods").Spec.Id,
        Addresses = [new IPAddress([10, 9, 1, host])],
        MacAddress = new MacAddress(0x02_00_00_00_01_00UL + host),
        ProviderAddress = IPAddress.Parse("192.0.2.2"),
    }, Cancellation);
}
