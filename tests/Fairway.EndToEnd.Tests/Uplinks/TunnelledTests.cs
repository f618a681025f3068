using Fairway.EndToEnd.Tests.Fixtures;

namespace Fairway.EndToEnd.Tests.Uplinks;

/// <summary>Endpoints whose every packet goes to the next hop and back, so that it can police them.</summary>
[Collection(nameof(LanMachine))]
public sealed class TunnelledTests(LanMachine setup)
{
    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task Neighbours_ReachEachOther_ByTheNextHop(int version)
    {
        string v1 = await setup.Machine.AddressAsync("v1", version), v2 = await setup.Machine.AddressAsync("v2", version);
        // Linux begins at 64; the router has taken one away on the way back too.
        CommandResult ping = await setup.V1.RunAsync("ping", "-n", "-c", "1", "-W", "5", v2);
        Assert.Contains("ttl=63", ping.Output, StringComparison.Ordinal);
        Assert.Equal(v1, (await setup.V1.CallTcpAsync(v2, 80)).SeenAs.ToString());
        Assert.Equal(v1, (await setup.V1.CallUdpAsync(v2, 80)).SeenAs.ToString());

        string family = version == 4 ? "ip" : "ip6";
        (await setup.Lan.RunAsync("nft", $"add table {family} police; add chain {family} police f {{ type filter hook forward priority 0; }}; add rule {family} police f {family} daddr {v2} drop")).Expect();
        Assert.False(await setup.V1.PingAsync(v2));
        Assert.False(await setup.V1.ReachesTcpAsync(v2, 80));
        (await setup.Lan.RunAsync("nft", "delete", "table", family, "police")).Expect();
        Assert.True(await setup.V1.PingAsync(v2));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task Endpoint_AndTheNextHop_ReachEachOther(int version)
    {
        string v1 = await setup.Machine.AddressAsync("v1", version), lan = LanMachine.LanOf(2, version);
        Assert.Equal(v1, (await setup.V1.CallTcpAsync(lan, 80)).SeenAs.ToString());
        Assert.Equal(lan, (await setup.Lan.CallTcpAsync(v1, 80)).SeenAs.ToString());
    }

    [Fact]
    public async Task Host_IsReachedByTheNextHop_AndReachesByIt()
    {
        string host = LanMachine.HostOf(2, 4), v1 = await setup.Machine.AddressAsync("v1", 4);
        Assert.Contains("ttl=63", (await setup.V1.RunAsync("ping", "-n", "-c", "1", "-W", "5", host)).Output, StringComparison.Ordinal);
        Assert.Contains("ttl=63", (await setup.Host.RunAsync("ping", "-n", "-c", "1", "-W", "5", v1)).Output, StringComparison.Ordinal);
    }
}
