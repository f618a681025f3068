using Fairway.EndToEnd.Tests.Fixtures;

namespace Fairway.EndToEnd.Tests.Uplinks;

/// <summary>Endpoints behind the host's MAC: the LAN's port drops every other one.</summary>
[Collection(nameof(LanMachine))]
public sealed class BridgedTests(LanMachine setup)
{
    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task Endpoint_AndLan_ReachEachOther_BehindTheHostsMac(int version)
    {
        string b1 = await setup.Machine.AddressAsync("b1", version), lan = LanMachine.LanOf(1, version);
        Assert.True(await setup.B1.PingAsync(lan));
        Assert.Equal(b1, (await setup.B1.CallTcpAsync(lan, 80)).SeenAs.ToString());
        Assert.Equal(b1, (await setup.B1.CallUdpAsync(lan, 80)).SeenAs.ToString());
        // Asked anew, not remembered from the endpoint's own call.
        await setup.Lan.RunAsync("ip", "neigh", "flush", "dev", "lan1");
        Assert.Equal(lan, (await setup.Lan.CallTcpAsync(b1, 80)).SeenAs.ToString());
        string mac = await MacOfUplinkAsync();
        Assert.Contains($"{b1} dev lan1 lladdr {mac}", (await setup.Lan.RunAsync("ip", "neigh", "show", "to", b1)).Output, StringComparison.Ordinal);
        Assert.Contains("counter packets 0 ", (await setup.Lan.RunAsync("nft", "list", "table", "netdev", "guard")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SubnetOfItsOwn_ReachesItsRouter_AndWhatIsBehindIt()
    {
        string second = (await setup.Machine.Client.GetEndpointAsync("b1", TestContext.Current.CancellationToken)).Addresses
            .Select(address => address.Address.ToString()).Single(address => address.StartsWith("10.77.0.", StringComparison.Ordinal));
        Assert.True((await setup.B1.RunAsync("ping", "-n", "-c", "1", "-W", "2", "-I", second, "10.77.0.1")).ExitCode == 0);
        Assert.True(await setup.Lan.PingAsync(second));
        Assert.Equal("10.77.0.1", (await setup.Lan.CallTcpAsync(second, 80)).SeenAs.ToString());
        // Another LAN behind the router.
        Assert.True(await setup.B1.PingAsync(LanMachine.LanOf(0, 4)));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task Endpoint_HostAndNeighbour_ReachEachOther(int version)
    {
        string b1 = await setup.Machine.AddressAsync("b1", version), b2 = await setup.Machine.AddressAsync("b2", version), host = LanMachine.HostOf(1, version);
        Assert.Equal(b1, (await setup.B1.CallTcpAsync(b2, 80)).SeenAs.ToString());
        Assert.Equal(b1, (await setup.B1.CallTcpAsync(host, 80)).SeenAs.ToString());
        Assert.Equal(host, (await setup.Host.CallTcpAsync(b1, 80)).SeenAs.ToString());
        Assert.Equal(host, (await setup.Host.CallUdpAsync(b2, 80)).SeenAs.ToString());
    }

    /// <summary>What it sends to the outside comes from the host; neighbours on the LAN see it as it is.</summary>
    [Fact]
    public async Task OutBoundNat_TranslatesToTheHost_WhatLeavesTheLan()
    {
        Place place = await setup.Machine.AddAsync("b3", "bridge", "--nat-to 198.51.100.0/24");
        string own = await setup.Machine.AddressAsync("b3", 4);
        Assert.Equal(LanMachine.HostOf(1, 4), (await place.CallTcpAsync(LanMachine.LanOf(0, 4), 80)).SeenAs.ToString());
        Assert.True(await place.PingAsync(LanMachine.LanOf(0, 4)));
        Assert.Equal(own, (await place.CallTcpAsync(LanMachine.LanOf(1, 4), 80)).SeenAs.ToString());
        Assert.Equal(own, (await place.CallTcpAsync(await setup.Machine.AddressAsync("b1", 4), 80)).SeenAs.ToString());
        Assert.Equal(own, (await place.CallTcpAsync(LanMachine.HostOf(1, 4), 80)).SeenAs.ToString());
        await setup.Machine.RemoveAsync("b3");
    }

    private async Task<string> MacOfUplinkAsync() => (await setup.Host.RunAsync("ip", "-br", "link", "show", "up1")).Expect().Split(' ', StringSplitOptions.RemoveEmptyEntries)[2];
}
