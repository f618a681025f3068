using Fairway.Model.Errors;
using Fairway.Model.Namespaces;
using Fairway.Testing.Kernel;

namespace Fairway.Engine.Tests.Operations;

public sealed class NamespaceTests : OperationTest
{
    [Fact]
    public async Task Create_MakesItUnderTheInstancesName()
    {
        var created = await Host.Networking.CreateNamespaceAsync(new NamespaceSpec { Name = "c1" }, Cancellation);
        Assert.Equal("/run/netns/fairway-c1", created.Spec.Path);
        Assert.True(created.Spec.Owned);
        Assert.Equal(2u, created.Spec.CompartmentId);
        Assert.Equal(Host.Kernel.CookieOf("/run/netns/fairway-c1"), created.Spec.Cookie);
        Assert.Equal(created, Host.Networking.GetNamespace("/run/netns/fairway-c1"));
        Assert.StartsWith("ns-", (await Host.Networking.CreateNamespaceAsync(new NamespaceSpec(), Cancellation)).Spec.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_TakesItAway_AndTheNameIsFree()
    {
        await Host.Networking.CreateNamespaceAsync(new NamespaceSpec { Name = "c1" }, Cancellation);
        await Host.Networking.DeleteNamespaceAsync("c1", Cancellation);
        Assert.Empty(Host.Kernel.NamespacePaths);
        Assert.Empty(Host.Networking.Namespaces);
        await Host.Networking.CreateNamespaceAsync(new NamespaceSpec { Name = "c1" }, Cancellation);
    }

    [Fact]
    public async Task Adopted_IsNotDeletedWithTheResource()
    {
        var path = Foreign(1);
        await Host.Networking.CreateNamespaceAsync(new NamespaceSpec { Name = "c1", Path = path }, Cancellation);
        await Host.Networking.DeleteNamespaceAsync("c1", Cancellation);
        Assert.Equal([path], Host.Kernel.NamespacePaths);
    }

    [Fact]
    public async Task NamespaceKnownByItsPath_GoesWithItsLastEndpoint()
    {
        var path = Foreign(1);
        await CreateEndpointAsync("a", path: path);
        Assert.Null(Assert.Single(Host.Networking.Namespaces).Spec.Name);
        await Host.Networking.DeleteEndpointAsync("a", Cancellation);
        Assert.Empty(Host.Networking.Namespaces);
        Assert.Equal([path], Host.Kernel.NamespacePaths);
    }

    [Fact]
    public async Task NamespaceKnownByItsPath_GetsAName_AndStays()
    {
        var path = Foreign(1);
        var endpoint = await CreateEndpointAsync("a", path: path);
        var named = await Host.Networking.CreateNamespaceAsync(new NamespaceSpec { Name = "c1", Path = path }, Cancellation);
        Assert.Equal([endpoint.Spec.Id], named.Endpoints);
        Assert.Equal(endpoint.Spec.NamespaceId, named.Spec.Id);
        await Host.Networking.DeleteEndpointAsync("a", Cancellation);
        Assert.Equal("c1", Assert.Single(Host.Networking.Namespaces).Spec.Name);
    }

    [Fact]
    public async Task SameNamespaceByTwoPaths_IsOne()
    {
        var path = Foreign(1);
        Host.Kernel.AddNamespaceLink("/var/run/netns/cni-1", path);
        await CreateEndpointAsync("a", path: path);
        var refused = await Assert.ThrowsAsync<FairwayException>(() => CreateEndpointAsync("b", path: "/var/run/netns/cni-1"));
        Assert.Contains("interface 'eth0' in namespace '/proc/1/ns/net' is endpoint 'web/a'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_WhenKernelRefuses_LeavesNothing()
    {
        Host.Kernel.FailNext(FakeOperation.NamespaceCreate, new InvalidOperationException("no space"));
        var refused = await Assert.ThrowsAsync<FairwayException>(() => Host.Networking.CreateNamespaceAsync(new NamespaceSpec { Name = "c1" }, Cancellation));
        Assert.Contains("create namespace 'c1': no space", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Host.Networking.Namespaces);
        Assert.Empty(Host.Kernel.NamespacePaths);
    }

    [Fact]
    public async Task Delete_WhenKernelRefuses_LeavesIt()
    {
        await Host.Networking.CreateNamespaceAsync(new NamespaceSpec { Name = "c1" }, Cancellation);
        Host.Kernel.FailNext(FakeOperation.NamespaceDelete, new InvalidOperationException("busy"));
        await Assert.ThrowsAsync<FairwayException>(() => Host.Networking.DeleteNamespaceAsync("c1", Cancellation));
        Assert.Single(Host.Networking.Namespaces);
        await Host.Networking.DeleteNamespaceAsync("c1", Cancellation);
    }
}
