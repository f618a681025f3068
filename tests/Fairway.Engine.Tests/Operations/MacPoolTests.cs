using System.Net;
using Fairway.Model.Addressing;
using Fairway.Model.Endpoints;
using Fairway.Model.Errors;
using Fairway.Model.Networks;
using Fairway.Testing;

namespace Fairway.Engine.Tests.Operations;

public sealed class MacPoolTests : IAsyncLifetime
{
    private TestEngine _host = null!;
    private Network _network = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await TestEngine.StartAsync();
        _network = await _host.Networking.CreateNetworkAsync(new NetworkSpec
        {
            Name = "web",
            Subnets = [new SubnetSpec(IPNetwork.Parse("10.1.0.0/24"))],
            MacPool = [new MacRange(new MacAddress(0x00155d000010), new MacAddress(0x00155d000012)), new MacRange(new MacAddress(0x00155d000020), new MacAddress(0x00155d000020))],
        }, Cancellation);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Endpoints_OfANetworkWithAPool_HaveItsMacsEachOnce()
    {
        var macs = new List<ulong>();
        for (var i = 0; i < 4; i++) macs.Add((await CreateAsync(null)).MacAddress.Value);

        Assert.Equal([0x00155d000010ul, 0x00155d000011ul, 0x00155d000012ul, 0x00155d000020ul], macs.Order());
    }

    [Fact]
    public async Task Endpoint_WhenThePoolIsUsedUp_IsRefused_UnlessItAsksForAnother()
    {
        for (var i = 0; i < 4; i++) await CreateAsync(null);

        var error = await Assert.ThrowsAsync<FairwayException>(() => CreateAsync(null));

        Assert.Equal(ErrorKind.Exhausted, error.Kind);
        Assert.Equal(0x02155d010203ul, (await CreateAsync(new MacAddress(0x02155d010203))).MacAddress.Value);
    }

    private Task<Endpoint> CreateAsync(MacAddress? mac) =>
        _host.Networking.CreateEndpointAsync(new EndpointSpec { NetworkId = _network.Spec.Id, MacAddress = mac }, Cancellation);
}
