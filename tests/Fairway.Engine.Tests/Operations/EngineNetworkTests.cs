using System.Net;
using System.Net.Sockets;
using Fairway.Model.Addressing;
using Fairway.Model.Errors;
using Fairway.Model.Networks;

namespace Fairway.Engine.Tests.Operations;

public sealed class EngineNetworkTests : OperationTest
{
    private static readonly EngineNetwork s_owned = new("docker", "aa", Owned: true);
    private static readonly EngineNetwork s_joined = new("docker", "bb", Owned: false);

    [Fact]
    public async Task Owned_GoesWithItsEngineNetwork_AndAbsenceIsSuccess()
    {
        await CreateNetworkAsync(new NetworkSpec { Name = "made", EngineNetworks = [s_owned] });
        await Host.Networking.RemoveEngineNetworkAsync("docker", "aa", Cancellation);
        await Host.Networking.RemoveEngineNetworkAsync("docker", "aa", Cancellation);
        Assert.DoesNotContain(Host.Networking.Networks, network => network.Spec.Name == "made");
    }

    [Fact]
    public async Task Owned_WithAnotherEngineNetwork_GoesWithTheLast()
    {
        await CreateNetworkAsync(new NetworkSpec { Name = "made", EngineNetworks = [s_owned] });
        await Host.Networking.SetEngineNetworkAsync("made", s_joined, Cancellation);
        await Host.Networking.RemoveEngineNetworkAsync("docker", "aa", Cancellation);
        Assert.Equal([s_joined with { Owned = true }], Host.Networking.GetNetwork("made").Spec.EngineNetworks);
        await Host.Networking.RemoveEngineNetworkAsync("docker", "bb", Cancellation);
        Assert.DoesNotContain(Host.Networking.Networks, network => network.Spec.Name == "made");
    }

    [Fact]
    public async Task Joined_LeavesTheNetwork()
    {
        await Host.Networking.SetEngineNetworkAsync("web", s_joined, Cancellation);
        await Host.Networking.SetEngineNetworkAsync("web", s_joined with { Name = "front" }, Cancellation);
        await Host.RestartAsync();
        Assert.Equal("front", Assert.Single(Host.Networking.GetNetwork("web").Spec.EngineNetworks).Name);
        await Host.Networking.RemoveEngineNetworkAsync("docker", "bb", Cancellation);
        Assert.Empty(Host.Networking.GetNetwork("web").Spec.EngineNetworks);
    }

    [Fact]
    public async Task Owned_WithEndpoints_StaysAndSaysWhy()
    {
        await CreateNetworkAsync(new NetworkSpec { Name = "made", EngineNetworks = [s_owned] });
        await CreateEndpointAsync("other", "made");
        var refused = await Assert.ThrowsAsync<FairwayException>(() => Host.Networking.RemoveEngineNetworkAsync("docker", "aa", Cancellation));
        Assert.Contains("'other'", refused.Message, StringComparison.Ordinal);
        Assert.Single(Host.Networking.GetNetwork("made").Spec.EngineNetworks);
    }

    [Fact]
    public async Task EngineNetwork_OfTwoNetworks_IsRefused()
    {
        await CreateNetworkAsync(new NetworkSpec { Name = "made" });
        await Host.Networking.SetEngineNetworkAsync("web", s_joined, Cancellation);
        var refused = await Assert.ThrowsAsync<FairwayException>(() => Host.Networking.SetEngineNetworkAsync("made", s_joined, Cancellation));
        Assert.Equal(ErrorKind.AlreadyExists, refused.Kind);
    }

    [Fact]
    public async Task Rename_KeepsEverythingElse_AndFreesTheOldName()
    {
        var endpoint = await CreateEndpointAsync("c1");
        await Host.Networking.RenameNetworkAsync("web", "front", Cancellation);
        Assert.Equal(endpoint.Spec.Id, Host.Networking.GetEndpoint("front/c1").Spec.Id);
        await CreateNetworkAsync(new NetworkSpec { Name = "web" });
        var refused = await Assert.ThrowsAsync<FairwayException>(() => Host.Networking.RenameNetworkAsync("front", "web", Cancellation));
        Assert.Equal(ErrorKind.AlreadyExists, refused.Kind);
        await Host.RestartAsync();
        Assert.Equal(endpoint.Addresses, Host.Networking.GetEndpoint("front/c1").Addresses);
    }

    [Fact]
    public async Task Offer_IsGivenToNobodyElse_ButToWhomAsksForIt()
    {
        var subnet = Host.Networking.GetNetwork("web").Spec.Subnets[0].Prefix;
        var offered = await Host.Networking.OfferAddressAsync("web", subnet, null, Cancellation);
        var other = await CreateEndpointAsync("other");
        Assert.DoesNotContain(offered, other.Spec.Addresses);
        Assert.NotEqual(offered, await Host.Networking.OfferAddressAsync("web", subnet, null, Cancellation));
        Assert.Contains(offered, (await Host.Networking.CreateEndpointAsync(new Model.Requests.CreateEndpointRequest { Name = "mine", Network = "web", Addresses = [offered] }, Cancellation)).Spec.Addresses);
        var taken = await Assert.ThrowsAsync<FairwayException>(() => Host.Networking.OfferAddressAsync("web", subnet, offered, Cancellation));
        Assert.Contains("'web/mine'", taken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offer_SurvivesARestart()
    {
        var subnet = Host.Networking.GetNetwork("web").Spec.Subnets[0].Prefix;
        var offered = await Host.Networking.OfferAddressAsync("web", subnet, null, Cancellation);
        await Host.RestartAsync();
        Assert.DoesNotContain(offered, (await CreateEndpointAsync("other")).Spec.Addresses);
    }

    [Fact]
    public async Task Reserved_IsNeverGiven()
    {
        var reserved = IPAddress.Parse("10.9.0.2");
        await CreateNetworkAsync(new NetworkSpec { Name = "small", Subnets = [new SubnetSpec(IPNetwork.Parse("10.9.0.0/29")) { Reserved = [reserved] }] });
        for (var i = 0; i < 4; i++)
            Assert.DoesNotContain(reserved, (await CreateEndpointAsync($"e{i}", "small")).Spec.Addresses);
        var exhausted = await Assert.ThrowsAsync<FairwayException>(() => CreateEndpointAsync("e4", "small"));
        Assert.Contains("4 of 4", exhausted.Message, StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<FairwayException>(() => Host.Networking.OfferAddressAsync("small", IPNetwork.Parse("10.9.0.0/29"), reserved, Cancellation));
        Assert.Contains("reserved", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FreePrefix_AvoidsNetworksAndWhatIsWithheld()
    {
        var first = Host.Networking.FindFreePrefix(AddressFamily.InterNetwork, []);
        var second = Host.Networking.FindFreePrefix(AddressFamily.InterNetwork, [first]);
        Assert.False(first.Overlaps(second));
        Assert.Equal(64, Host.Networking.FindFreePrefix(AddressFamily.InterNetworkV6, []).PrefixLength);
    }
}
