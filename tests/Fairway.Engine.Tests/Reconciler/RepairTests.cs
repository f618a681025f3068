using Fairway.Engine.Diagnostics;
using Fairway.Engine.Tests.Histories;
using Fairway.Engine.Tests.Operations;
using Fairway.Model.Attach;
using Fairway.Model.Endpoints;
using Fairway.Model.Namespaces;
using Fairway.Testing.Kernel;

namespace Fairway.Engine.Tests.Reconciler;

/// <summary>What happens to the host behind the engine's back.</summary>
public sealed class RepairTests : OperationTest
{
    [Fact]
    public async Task EndedNamespace_FreesItsEndpoints_AndIsForgotten()
    {
        var path = Foreign(1);
        await CreateEndpointAsync("a", path: path, publications: Port(8080));
        await CreateEndpointAsync("stays", path: Foreign(2));
        var revision = Host.Networking.Revision;
        Host.Kernel.EndNamespace(path);
        await UntilAsync(() => Host.Networking.Endpoints.Count == 1);
        await Invariants.ComeToRestAsync(Host, Cancellation);
        Assert.Equal("stays", Assert.Single(Host.Networking.Endpoints).Spec.Name);
        Assert.Equal("/proc/2/ns/net", Assert.Single(Host.Networking.Namespaces).Spec.Path);
        Assert.Equal(["Deleted Endpoint a", "Deleted Namespace "], await ChangesAsync(revision));
        Assert.Contains(Host.Messages, message => message.Text == "namespace '/proc/1/ns/net' is gone; its endpoint 'web/a' is freed");
        await CreateEndpointAsync("b", path: Foreign(3), publications: Port(8080));
    }

    [Fact]
    public async Task EndedNamespace_WithoutEndpoints_IsForgottenToo()
    {
        await Host.Networking.CreateNamespaceAsync(new NamespaceSpec { Name = "c1" }, Cancellation);
        Host.Kernel.EndNamespace("/run/netns/fairway-c1");
        await UntilAsync(() => Host.Networking.Namespaces.Count == 0);
    }

    [Fact]
    public async Task EndedNamespace_WhoseCookieIsAnothersNow_Lapses()
    {
        var path = Foreign(1);
        await CreateEndpointAsync("a", path: path);
        Host.Kernel.EndNamespace(path);
        Host.Kernel.AddNamespace(path);
        await UntilAsync(() => Host.Networking.Endpoints.Count == 0);
        Assert.Empty(Host.Kernel.InterfacesIn(path));
    }

    [Fact]
    public async Task DeletedLink_IsMadeAgain()
    {
        var path = Foreign(1);
        var endpoint = await CreateEndpointAsync("a", path: path);
        var revision = Host.Networking.Revision;
        Assert.Empty(Host.Networking.Repairs);
        Host.Kernel.DeleteLink(endpoint.Spec.Id);
        Assert.Empty(Host.Kernel.InterfacesIn(path));
        await UntilAsync(() => Host.Networking.Repairs.Count > 0);
        Assert.Equal(["eth0"], Host.Kernel.InterfacesIn(path));
        Assert.Equal(EndpointState.Attached, Host.Networking.GetEndpoint("a").State);
        Assert.Equal("the interface of endpoint 'web/a'", Assert.Single(Host.Networking.Repairs).What);
        Assert.Equal(["Repaired Endpoint a"], await ChangesAsync(revision));
    }

    [Fact]
    public async Task DeletedHostLink_IsMadeAgain()
    {
        var revision = Host.Networking.Revision;
        Host.Kernel.DeleteNetworkLink(Host.Networking.GetNetwork("web").Spec.Id);
        await UntilAsync(() => Host.Networking.Repairs.Count > 0);
        Assert.Single(Host.Kernel.Networks);
        Assert.Equal("the host's interface in network 'web'", Assert.Single(Host.Networking.Repairs).What);
        Assert.Equal(["Repaired Network web"], await ChangesAsync(revision));
    }

    [Fact]
    public async Task RepairTheKernelRefuses_DegradesTheEndpoint_UntilItWorks()
    {
        var path = Foreign(1);
        var endpoint = await CreateEndpointAsync("a", path: path);
        var revision = Host.Networking.Revision;
        for (var i = 0; i < 3; i++)
            Host.Kernel.FailNext(FakeOperation.EndpointApply, new InvalidOperationException("no memory"));
        Host.Kernel.DeleteLink(endpoint.Spec.Id);
        await UntilAsync(() => Host.Networking.Revision == revision + 2);
        await Invariants.ComeToRestAsync(Host, Cancellation);
        Assert.Equal((EndpointState.Attached, null), (Host.Networking.GetEndpoint("a").State, Host.Networking.GetEndpoint("a").Message));
        Assert.Equal(["Modified Endpoint a", "Modified Endpoint a"], await ChangesAsync(revision));
        Assert.Contains(Host.Messages, message => message is { Severity: Severity.Warning, Text: "endpoint 'a' does not work: no memory; it is tried again" });
        Assert.Contains(Host.Messages, message => message.Text == "endpoint 'a' works again");
    }

    [Fact]
    public async Task EndedNamespace_OfADegradedEndpoint_Lapses()
    {
        var path = Foreign(1);
        var endpoint = await CreateEndpointAsync("a", path: path);
        for (var i = 0; i < 5; i++)
            Host.Kernel.FailNext(FakeOperation.EndpointApply, new InvalidOperationException("no memory"));
        Host.Kernel.DeleteLink(endpoint.Spec.Id);
        await UntilAsync(() => Host.Networking.Endpoints.All(present => present.State == EndpointState.Degraded));
        Host.Kernel.EndNamespace(path);
        await UntilAsync(() => Host.Networking.Endpoints.Count == 0);
    }

    [Fact]
    public async Task DegradedEndpoint_CanBeDetached()
    {
        var endpoint = await CreateEndpointAsync("a", path: Foreign(1));
        Host.Kernel.Before = operation =>
        {
            if (operation == FakeOperation.EndpointApply)
                throw new InvalidOperationException("no memory");
        };
        Host.Kernel.DeleteLink(endpoint.Spec.Id);
        await UntilAsync(() => Host.Networking.GetEndpoint("a").State == EndpointState.Degraded);
        var detached = await Host.Networking.DetachEndpointAsync("a", Cancellation);
        Assert.Equal((EndpointState.Detached, null), (detached.State, detached.Message));
        Host.Kernel.Before = _ => { };
        await Host.Networking.AttachEndpointAsync("a", Foreign(2), null, Cancellation);
    }

    [Fact]
    public async Task Uplinks_AreLookedAtAfterAChange_AndAFailureIsToldAndRepeated()
    {
        Host.Kernel.FailNext(FakeOperation.UplinkSynchronize, new InvalidOperationException("no such device"));
        var calls = Host.Kernel.Calls.Count(call => call == FakeOperation.UplinkSynchronize);
        Host.Kernel.Disturb();
        await UntilAsync(() => Host.Kernel.Calls.Count(call => call == FakeOperation.UplinkSynchronize) >= calls + 2);
        Assert.Contains(Host.Messages, message => message.Text.StartsWith("attach the switch to the host's devices: no such device", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OwnChanges_AreNotTakenForDrift()
    {
        for (var i = 1; i <= 20; i++)
            await Host.Networking.AttachAsync(new AttachRequest { Network = "web", NetnsPath = Foreign(i), Owner = new Owner("test", $"w{i}") }, Cancellation);
        await Invariants.ComeToRestAsync(Host, Cancellation);
        Host.Kernel.Disturb();
        var observed = Host.Kernel.Calls.Count(call => call == FakeOperation.EndpointObserve);
        await UntilAsync(() => Host.Kernel.Calls.Count(call => call == FakeOperation.EndpointObserve) > observed);
        Assert.Equal(20, Host.Kernel.Calls.Count(call => call == FakeOperation.EndpointApply));
    }
}
