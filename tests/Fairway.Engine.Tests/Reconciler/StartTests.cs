using Fairway.Engine.Tests.Operations;
using Fairway.Model.Endpoints;
using Fairway.Model.Namespaces;
using Fairway.Model.Requests;
using Fairway.Testing.Kernel;

namespace Fairway.Engine.Tests.Reconciler;

public sealed class StartTests : OperationTest
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Host.Networking.CreateNamespaceAsync(new NamespaceSpec { Name = "ours" }, Cancellation);
        await CreateEndpointAsync("theirs", path: Foreign(1), publications: Port(8080));
        await Host.Networking.CreateEndpointAsync(new CreateEndpointRequest { Name = "ours", Network = "web", Namespace = "ours", Publications = [Port(8081)] }, Cancellation);
        await CreateEndpointAsync("idle");
        await Host.StopAsync();
    }

    [Fact]
    public async Task Start_OnAHostThatIsAsItShouldBe_WritesNothing()
    {
        var calls = Host.Kernel.Calls.Count;
        var before = Host.Kernel.Dump();
        await Host.StartAsync();
        Assert.Equal(
            [FakeOperation.UplinkSynchronize, FakeOperation.PolicySynchronize, FakeOperation.RemoteSynchronize, FakeOperation.WaySynchronize, FakeOperation.SidecarSynchronize, FakeOperation.NetworkObserve, FakeOperation.EndpointObserve, FakeOperation.BalancerSynchronize, FakeOperation.PublicationSynchronize,
                FakeOperation.EndpointRemoveExcept, FakeOperation.NetworkRemoveExcept],
            Host.Kernel.Calls.Skip(calls).Take(11));
        Assert.Equal(before, Host.Kernel.Dump());
        Assert.Empty(Host.Messages);
    }

    [Fact]
    public async Task Start_RemovesWhatTheStoreDoesNotKnow_Last()
    {
        // Made by an engine whose store was lost.
        await using (var other = await Testing.TestEngine.StartAsync(Host.Kernel))
        {
            await other.Networking.CreateNetworkAsync(new Model.Networks.NetworkSpec { Name = "lost", Subnets = [new Model.Networks.SubnetSpec(System.Net.IPNetwork.Parse("10.66.0.0/24"))] }, Cancellation);
            await other.Networking.CreateEndpointAsync(new CreateEndpointRequest { Name = "lost", Network = "lost", NetnsPath = Foreign(9), Publications = [Port(9000)] }, Cancellation);
        }
        Assert.Equal("lost", Assert.Single(Host.Kernel.Endpoints.Values).Name);
        await Host.StartAsync();
        Assert.Equal(["ours", "theirs"], Host.Kernel.Endpoints.Values.Select(plan => plan.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["web"], Host.Kernel.Networks.Values.Select(plan => plan.Name));
        Assert.Equal([8080, 8081], Host.Kernel.Publications.Values.Select(plan => (int)plan.HostPort).Distinct().Order());
        Assert.Empty(Host.Kernel.InterfacesIn("/proc/9/ns/net"));
    }

    [Fact]
    public async Task AfterReboot_OurNamespacesAreMadeAgain_AndOthersEndpointsLapse()
    {
        Host.Kernel.Reboot();
        await Host.StartAsync();
        Assert.Equal(["eth0"], Host.Kernel.InterfacesIn("/run/netns/fairway-ours"));
        Assert.Equal(["idle", "ours"], Host.Networking.Endpoints.Select(endpoint => endpoint.Spec.Name!));
        Assert.Equal([8081], Host.Kernel.Publications.Values.Select(plan => (int)plan.HostPort).Distinct());
        Assert.Equal(EndpointState.Attached, Host.Networking.GetEndpoint("ours").State);
    }

    [Fact]
    public async Task AfterReboot_NamespaceThatCannotBeMade_CanBeDeletedOnceEmpty()
    {
        Host.Kernel.Reboot();
        Host.Kernel.Before = operation =>
        {
            if (operation == FakeOperation.NamespaceCreate)
                throw new InvalidOperationException("no space");
        };
        await Host.StartAsync();
        Assert.Equal((EndpointState.Degraded, "no space"), (Host.Networking.GetEndpoint("ours").State, Host.Networking.GetEndpoint("ours").Message));
        var refused = await Assert.ThrowsAsync<Model.Errors.FairwayException>(() => Host.Networking.CreateEndpointAsync(new CreateEndpointRequest { Network = "web", Namespace = "ours" }, Cancellation));
        Assert.Equal(Model.Errors.ErrorKind.Unavailable, refused.Kind);
        await Host.Networking.DeleteEndpointAsync("ours", Cancellation);
        await Host.Networking.DeleteNamespaceAsync("ours", Cancellation);
        Host.Kernel.Before = _ => { };
        await Host.Networking.CreateNamespaceAsync(new NamespaceSpec { Name = "ours" }, Cancellation);
    }

    [Fact]
    public async Task AfterReboot_NamespaceThatCouldNotBeMade_IsTriedAgain()
    {
        Host.Kernel.Reboot();
        for (var i = 0; i < 3; i++)
            Host.Kernel.FailNext(FakeOperation.NamespaceCreate, new InvalidOperationException("no space"));
        await Host.StartAsync();
        Assert.Contains(Host.Messages, message => message.Text.Contains("make namespace 'ours' again: no space; tried again later", StringComparison.Ordinal));
        await Histories.Invariants.ComeToRestAsync(Host, Cancellation);
        Assert.Equal(["eth0"], Host.Kernel.InterfacesIn("/run/netns/fairway-ours"));
        Assert.Equal((EndpointState.Attached, null), (Host.Networking.GetEndpoint("ours").State, Host.Networking.GetEndpoint("ours").Message));
    }

    [Fact]
    public async Task AfterReboot_AnotherNamespaceAtTheOldPath_IsNotTakenForTheOldOne()
    {
        var cookie = Host.Kernel.CookieOf("/proc/1/ns/net");
        Host.Kernel.Reboot();
        Host.Kernel.AddNamespace("/proc/1/ns/net", cookie!.Value);
        await Host.StartAsync();
        Assert.Empty(Host.Kernel.InterfacesIn("/proc/1/ns/net"));
        Assert.DoesNotContain(Host.Networking.Endpoints, endpoint => endpoint.Spec.Name == "theirs");
    }

    [Fact]
    public async Task NamespaceDeletedWhileStopped_Lapses_OursToo()
    {
        Host.Kernel.EndNamespace("/run/netns/fairway-ours");
        Host.Kernel.EndNamespace("/proc/1/ns/net");
        await Host.StartAsync();
        Assert.Equal(["idle"], Host.Networking.Endpoints.Select(endpoint => endpoint.Spec.Name!));
        Assert.Empty(Host.Networking.Namespaces);
        Assert.Empty(Host.Kernel.Endpoints);
        Assert.Empty(Host.Kernel.Publications);
    }

    [Fact]
    public async Task Start_WhenTheKernelRefusesOne_ServesAllOthers_AndTriesAgain()
    {
        foreach (var endpoint in Host.Kernel.Endpoints.Values.ToList())
            Host.Kernel.DeleteLink(endpoint.Id);
        for (var i = 0; i < 4; i++)
            Host.Kernel.FailNext(FakeOperation.EndpointApply, new InvalidOperationException("no memory"));
        await Host.StartAsync();
        Assert.All(Host.Networking.Endpoints.Where(endpoint => endpoint.Spec.NamespaceId is not null), endpoint => Assert.Equal((EndpointState.Degraded, "no memory"), (endpoint.State, endpoint.Message)));
        await CreateEndpointAsync("new", path: Foreign(2));
        await Histories.Invariants.ComeToRestAsync(Host, Cancellation);
    }

    [Fact]
    public async Task Start_WithSomethingUnknownInTheWay_SweepsIt_AndSucceeds()
    {
        await using (var other = await Testing.TestEngine.StartAsync(Host.Kernel))
        {
            await other.Networking.CreateNetworkAsync(new Model.Networks.NetworkSpec { Name = "lost", Subnets = [new Model.Networks.SubnetSpec(System.Net.IPNetwork.Parse("10.66.0.0/24"))] }, Cancellation);
            // Port 1 and eth0 in the same namespace, as the store's endpoint has them.
            await other.Networking.CreateEndpointAsync(new CreateEndpointRequest { Name = "lost", Network = "lost", NetnsPath = "/proc/1/ns/net" }, Cancellation);
        }
        await Host.StartAsync();
        Assert.Equal("theirs", Host.Kernel.Endpoints.Values.Single(plan => plan.NetnsPath == "/proc/1/ns/net").Name);
        Assert.All(Host.Networking.Endpoints, endpoint => Assert.NotEqual(EndpointState.Degraded, endpoint.State));
    }

    [Fact]
    public async Task Networking_BeforeStart_IsUnavailable()
    {
        await using var engine = HostEngine.Open(Host.Options, TimeProvider.System, _ => { });
        var refused = Assert.Throws<Model.Errors.FairwayException>(() => engine.Networking);
        Assert.Equal(Model.Errors.ErrorKind.Unavailable, refused.Kind);
    }
}
