using System.Net;
using Fairway.Model.Networks;

namespace Fairway.Engine.Tests.Operations;

public sealed class NetworkTests : OperationTest
{
    [Fact]
    public async Task Create_WithoutSubnets_TakesOneOfEachFamily()
    {
        var first = await CreateNetworkAsync("a");
        var second = await CreateNetworkAsync("b");
        var prefix = Host.Engine.Store.Current.HostPrefix;
        Assert.Equal([IPNetwork.Parse("10.208.0.0/20"), new IPNetwork(prefix.BaseAddress, 64)], first.Spec.Subnets.Select(subnet => subnet.Prefix));
        Assert.Equal([IPAddress.Parse("10.208.0.1"), IPAddress.Parse($"{prefix.BaseAddress}1")], first.Spec.Subnets.Select(subnet => subnet.Gateway));
        Assert.Equal(IPNetwork.Parse("10.208.16.0/20"), second.Spec.Subnets[0].Prefix);
        Assert.Equal([1u, 2u, 3u], Host.Networking.Networks.Select(network => network.Number).Order());
    }

    [Fact]
    public async Task Create_WithoutSubnets_AvoidsTheHostsRoutes()
    {
        Host.Kernel.HostRoutes.Add(IPNetwork.Parse("10.208.0.0/14"));
        Assert.Equal(IPNetwork.Parse("10.212.0.0/20"), (await CreateNetworkAsync("a")).Spec.Subnets[0].Prefix);
    }

    [Fact]
    public async Task Create_TakesTheUplinksMtu_AndKeepsIt()
    {
        Host.Kernel.Mtu = 9000;
        Assert.Equal(9000, (await CreateNetworkAsync("a")).Mtu);
        Host.Kernel.Mtu = 1400;
        await Host.RestartAsync();
        Assert.Equal(9000, Host.Networking.GetNetwork("a").Mtu);
        Assert.Equal(1300, (await CreateNetworkAsync(new NetworkSpec { Name = "b", Mtu = 1300 })).Mtu);
    }

    [Fact]
    public async Task Create_OfPrivate_HasNoGateway_AndMayOverlap()
    {
        var network = await CreateNetworkAsync(new NetworkSpec { Name = "tenant", Type = NetworkType.Private, Subnets = [new SubnetSpec(IPNetwork.Parse("10.1.0.0/24"))] });
        Assert.Null(network.Spec.Subnets[0].Gateway);
        var endpoint = await CreateEndpointAsync("a", "tenant");
        Assert.Equal(IPAddress.Parse("10.1.0.1"), Assert.Single(endpoint.Addresses).Address);
    }

    [Fact]
    public async Task Names_AreFreeAgain_AfterDeleting()
    {
        await Host.Networking.DeleteNetworkAsync("web", Cancellation);
        var network = await CreateNetworkAsync("web", "10.1.0.0/24");
        Assert.Equal(2u, network.Number);
        Assert.Equal("fw-web", Assert.Single(Host.Kernel.Networks.Values).HostLink);
    }

    [Fact]
    public async Task Create_IsOneRevision_AndOneChange()
    {
        var before = Host.Networking.Revision;
        var network = await CreateNetworkAsync("a");
        Assert.Equal(before + 1, network.Revision);
        Assert.Equal(["Created Network a"], await ChangesAsync(before));
    }

    [Fact]
    public async Task Create_WhenKernelRefuses_LeavesNothing()
    {
        Host.Kernel.FailNext(Testing.Kernel.FakeOperation.NetworkApply, new InvalidOperationException("no memory"), afterwards: true);
        var before = Host.Kernel.Dump();
        await Assert.ThrowsAsync<Model.Errors.FairwayException>(() => CreateNetworkAsync("a"));
        Assert.Equal(before, Host.Kernel.Dump());
        Assert.Equal(["web"], Host.Networking.Networks.Select(network => network.Spec.Name));
    }
}
