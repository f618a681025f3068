using System.Net;
using Fairway.Engine.Tests.Histories;
using Fairway.Model.Attach;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Networks;
using Fairway.Testing.Kernel;

namespace Fairway.Engine.Tests.Operations;

/// <summary>Networks an engine had made and will not ask to delete.</summary>
public sealed class TransientNetworkTests : OperationTest
{
    [Fact]
    public async Task LastEndpoint_Goes_AndTheNetworkWithIt()
    {
        await CreateTransientAsync();
        await AttachAsync("a");
        await AttachAsync("b");
        await DetachAsync("a");
        await Invariants.ComeToRestAsync(Host, Cancellation);
        Assert.Contains(Host.Networking.Networks, network => network.Spec.Name == "pod");
        await DetachAsync("b");
        await UntilAsync(IsGone);
        await UntilAsync(() => Host.Kernel.Networks.Count == 1);
    }

    [Fact]
    public async Task LastNamespace_Ends_AndTheNetworkGoes()
    {
        await CreateTransientAsync();
        var path = await AttachAsync("a");
        Host.Kernel.EndNamespace(path);
        await UntilAsync(IsGone);
    }

    [Fact]
    public async Task Network_OfAUser_StaysWithoutEndpoints()
    {
        await CreateEndpointAsync("a", path: Foreign(9));
        await Host.Networking.DeleteEndpointAsync("web/a", Cancellation);
        await Invariants.ComeToRestAsync(Host, Cancellation);
        Assert.Equal("web", Assert.Single(Host.Networking.Networks).Spec.Name);
    }

    [Fact]
    public async Task Attach_TheKernelRefuses_LeavesNoNetwork()
    {
        await CreateTransientAsync();
        Host.Kernel.FailNext(FakeOperation.EndpointApply, new InvalidOperationException("no"));
        await Assert.ThrowsAsync<FairwayException>(() => AttachAsync("a"));
        await UntilAsync(IsGone);
    }

    [Fact]
    public async Task Network_IsMadeAgain_AtOnce()
    {
        var path = Foreign(1);
        for (var i = 0; i < 20; i++)
        {
            await CreateTransientAsync();
            await AttachAsync("a", path);
            await DetachAsync("a");
            await UntilAsync(IsGone);
        }
        await UntilAsync(() => Host.Kernel.Networks.Count == 1);
    }

    [Fact]
    public async Task Daemon_ThatDiedBeforeItCould_DeletesItAtItsStart()
    {
        await CreateTransientAsync();
        await Host.RestartAsync();
        Assert.True(IsGone());
        await UntilAsync(() => Host.Kernel.Networks.Count == 1);
    }

    private bool IsGone() => Host.Networking.Networks.All(network => network.Spec.Name != "pod");

    private Task<Network> CreateTransientAsync() =>
        CreateNetworkAsync(new NetworkSpec { Name = "pod", Transient = true, Subnets = [new SubnetSpec(IPNetwork.Parse("10.89.0.0/24"))] });

    private async Task<string> AttachAsync(string id, string? path = null)
    {
        path ??= Foreign(id[0]);
        await Host.Networking.AttachAsync(new AttachRequest { Network = "pod", NetnsPath = path, Owner = new Owner("podman", id) }, Cancellation);
        return path;
    }

    private Task DetachAsync(string id) => Host.Networking.DetachAsync(new DetachRequest(new Owner("podman", id)), Cancellation);
}
