using System.Net;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Namespaces;
using Fairway.Model.Networks;
using Fairway.Model.Requests;
using Fairway.Testing.Kernel;

namespace Fairway.Engine.Tests.Operations;

public sealed class EndpointTests : OperationTest
{
    [Fact]
    public async Task Create_CompletesEverything()
    {
        var endpoint = await CreateEndpointAsync(null);
        Assert.StartsWith("ep-", endpoint.Spec.Name, StringComparison.Ordinal);
        Assert.Equal(EndpointState.Created, endpoint.State);
        Assert.Equal([IPAddress.Parse("10.1.0.2"), IPAddress.Parse("fd00:1::2")], endpoint.Spec.Addresses);
        Assert.Equal((1u, 1u), (endpoint.Port, endpoint.Generation));
        Assert.StartsWith("02:", endpoint.MacAddress.ToString(), StringComparison.Ordinal);
        Assert.Empty(Host.Kernel.Endpoints);
    }

    [Fact]
    public async Task Create_WithOneStaticAddress_AllocatesTheOther()
    {
        var endpoint = await Host.Networking.CreateEndpointAsync(new CreateEndpointRequest { Network = "web", Addresses = [IPAddress.Parse("10.1.0.200")] }, Cancellation);
        Assert.Equal([IPAddress.Parse("10.1.0.200"), IPAddress.Parse("fd00:1::2")], endpoint.Spec.Addresses);
    }

    [Fact]
    public async Task Mac_OfTheSameAddress_IsTheSame()
    {
        var request = new CreateEndpointRequest { Name = "a", Network = "web", Addresses = [IPAddress.Parse("10.1.0.9"), IPAddress.Parse("fd00:1::9")] };
        var first = await Host.Networking.CreateEndpointAsync(request, Cancellation);
        await Host.Networking.DeleteEndpointAsync("a", Cancellation);
        var second = await Host.Networking.CreateEndpointAsync(request, Cancellation);
        Assert.Equal(first.MacAddress, second.MacAddress);
        Assert.NotEqual(first.Spec.Id, second.Spec.Id);
    }

    [Fact]
    public async Task Mac_OfANetworkWithAPool_ComesFromIt_UntilItIsUsedUp()
    {
        var pool = new MacRange(new MacAddress(0x02_15_5d_00_00_00), new MacAddress(0x02_15_5d_00_00_02));
        await CreateNetworkAsync(new NetworkSpec { Name = "pooled", MacPool = [pool] });
        var macs = new List<MacAddress>();
        for (var i = 0; i < 3; i++)
            macs.Add((await CreateEndpointAsync($"e{i}", "pooled")).MacAddress);
        Assert.Equal([0x02_15_5d_00_00_00ul, 0x02_15_5d_00_00_01ul, 0x02_15_5d_00_00_02ul], macs.Select(mac => mac.Value).Order());
        var refused = await Assert.ThrowsAsync<FairwayException>(() => CreateEndpointAsync("e3", "pooled"));
        Assert.Equal(ErrorKind.Exhausted, refused.Kind);
        Assert.Contains("no MAC of the pool of network 'pooled' is free", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleted_AddressAndNumber_AreNotUsedAgainAtOnce()
    {
        var first = await CreateEndpointAsync("a");
        await Host.Networking.DeleteEndpointAsync("a", Cancellation);
        await Host.RestartAsync();
        var second = await CreateEndpointAsync("a");
        Assert.Equal(IPAddress.Parse("10.1.0.3"), second.Spec.Addresses[0]);
        Assert.NotEqual(first.Port, second.Port);
    }

    [Fact]
    public async Task AttachAndDetach_KeepAddressesAndMac()
    {
        await Host.Networking.CreateNamespaceAsync(new NamespaceSpec { Name = "c1" }, Cancellation);
        var created = await CreateEndpointAsync("a", publications: Port(8080));
        var revision = Host.Networking.Revision;
        var attached = await Host.Networking.AttachEndpointAsync("web/a", "c1", "net0", Cancellation);
        Assert.Equal(EndpointState.Attached, attached.State);
        Assert.Equal(["net0"], Host.Kernel.InterfacesIn("/run/netns/fairway-c1"));
        Assert.Equal(2, Host.Kernel.Publications.Count);
        Assert.Equal([attached.Spec.Id], Host.Networking.GetNamespace("c1").Endpoints);
        var lease = Host.Engine.Store.Current.Networks.Values.Single().Leases[IPAddress.Parse("10.1.0.2")];
        Assert.Equal((Host.Kernel.CookieOf("/run/netns/fairway-c1"), "boot-1"), (lease.NetnsCookie, lease.BootId));

        var detached = await Host.Networking.DetachEndpointAsync("a", Cancellation);
        Assert.Equal(EndpointState.Detached, detached.State);
        Assert.Equal(created.Addresses, detached.Addresses);
        Assert.Equal(created.MacAddress, detached.MacAddress);
        Assert.Empty(Host.Kernel.InterfacesIn("/run/netns/fairway-c1"));
        Assert.Empty(Host.Kernel.Publications);
        Assert.Equal(["Attached Endpoint a", "Detached Endpoint a"], await ChangesAsync(revision));
    }

    [Fact]
    public async Task Detach_OfADetachedEndpoint_ChangesNothing()
    {
        await CreateEndpointAsync("a");
        var revision = Host.Networking.Revision;
        Assert.Equal(EndpointState.Created, (await Host.Networking.DetachEndpointAsync("a", Cancellation)).State);
        Assert.Equal(revision, Host.Networking.Revision);
    }

    [Fact]
    public async Task Attach_ToTheSamePlaceAgain_Succeeds()
    {
        await CreateEndpointAsync("a");
        var path = Foreign(1);
        var first = await Host.Networking.AttachEndpointAsync("a", path, null, Cancellation);
        var second = await Host.Networking.AttachEndpointAsync("a", path, null, Cancellation);
        Assert.Equal(first.Revision, second.Revision);
    }

    [Fact]
    public async Task Attach_WhenKernelRefuses_LeavesItDetached()
    {
        await CreateEndpointAsync("a", publications: Port(8080));
        var path = Foreign(1);
        var before = Host.Kernel.Dump();
        Host.Kernel.FailNext(FakeOperation.PublicationApply, new InvalidOperationException("the table is full"), afterwards: true);
        var refused = await Assert.ThrowsAsync<FairwayException>(() => Host.Networking.AttachEndpointAsync("a", path, null, Cancellation));
        Assert.Contains("attach endpoint 'a': the table is full", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, Host.Kernel.Dump());
        Assert.Null(Host.Networking.GetEndpoint("a").Spec.NamespaceId);
        Assert.Empty(Host.Networking.Namespaces);
    }

    [Fact]
    public async Task Detach_WhenKernelRefuses_SaysSo_AndIsDoneLater()
    {
        var path = Foreign(1);
        await CreateEndpointAsync("a", path: path);
        Host.Kernel.FailNext(FakeOperation.EndpointRemove, new InvalidOperationException("busy"));
        var refused = await Assert.ThrowsAsync<FairwayException>(() => Host.Networking.DetachEndpointAsync("a", Cancellation));
        Assert.Contains("(it is tried again later): busy", refused.Message, StringComparison.Ordinal);
        await Histories.Invariants.ComeToRestAsync(Host, Cancellation);
        Assert.Empty(Host.Kernel.InterfacesIn(path));
    }

    [Fact]
    public async Task Delete_OfAnAttachedEndpoint_FreesTheInterfaceName()
    {
        var path = Foreign(1);
        var before = Host.Kernel.Dump();
        await CreateEndpointAsync("a", path: path);
        await Host.Networking.DeleteEndpointAsync("a", Cancellation);
        Assert.Equal(before, Host.Kernel.Dump());
        await CreateEndpointAsync("a", path: path);
    }

    [Fact]
    public async Task Endpoint_OfANetworkInTheMaking_WaitsForIt()
    {
        using var release = new ManualResetEventSlim();
        Host.Kernel.Before = operation =>
        {
            if (operation == FakeOperation.NetworkApply)
                release.Wait(TimeSpan.FromSeconds(60), Cancellation);
        };
        Host.Kernel.FailNext(FakeOperation.NetworkApply, new InvalidOperationException("no memory"));
        var network = CreateNetworkAsync("slow", "10.7.0.0/24");
        Assert.True(SpinWait.SpinUntil(() => Host.Networking.Networks.Count == 2, TimeSpan.FromSeconds(60)));
        var endpoint = CreateEndpointAsync("a", "slow");
        Assert.False(endpoint.IsCompleted);
        release.Set();
        await Assert.ThrowsAsync<FairwayException>(() => network);
        Assert.Equal(ErrorKind.NotFound, (await Assert.ThrowsAsync<FairwayException>(() => endpoint)).Kind);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("A")]
    [InlineData("web/a")]
    [InlineData("22222222-0000-4000-8000-000000000001")]
    [InlineData("22222222-0000")]
    [InlineData("2222")]
    [InlineData("222222220000400080000000000000")]
    public async Task Reference_ByNameIdOrPrefix_Resolves(string reference)
    {
        var id = Guid.Parse("22222222-0000-4000-8000-000000000001");
        await Host.Networking.CreateEndpointAsync(new EndpointSpec { Id = id, Name = "a", NetworkId = Host.Networking.GetNetwork("web").Spec.Id }, Cancellation);
        Assert.Equal(id, Host.Networking.GetEndpoint(reference).Spec.Id);
    }
}
